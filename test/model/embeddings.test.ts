import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPersonalData } from '../../src/kb/personal-data.ts';
import { createEmbeddings, type Embeddings } from '../../src/model/embeddings.ts';
import { createLocalEmbeddings } from '../../src/model/local-embeddings.ts';
import { ailments, embeds, json, type ModelServer, startModelServer } from './model-server.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
});

function embeddings(path = ''): Embeddings {
  const url = `${server.url}${path}`;
  return createEmbeddings({ url, model: 'e-1', apiKey: 'k-1', findPersonalData, clock: { now: () => 0 } });
}

const timeoutMs = 5_000;

describe('vectors of texts', () => {
  it.each(['', '/embeddings'])(
    'come from one request for up to 64 texts (address ends with %j)',
    async (path) => {
      server.behave(embeds((text) => [text.length, 1]));
      const texts = Array.from({ length: 100 }, (_, i) => 'a'.repeat(i + 1));
      const vectors = await embeddings(path).embed(texts, { timeoutMs });
      expect(vectors).toHaveLength(100);
      expect(Math.hypot(...(vectors[7] ?? []))).toBeCloseTo(1);
      expect((vectors[99]?.[0] ?? 0) / (vectors[99]?.[1] ?? 1)).toBeCloseTo(100);
      expect(server.received.map((request) => request.path)).toEqual(['/v1/embeddings', '/v1/embeddings']);
      expect(server.received[0]?.authorization).toBe('Bearer k-1');
    },
  );

  it('are put in order by their index', async () => {
    server.behave(
      json({
        data: [
          { index: 1, embedding: [0, 2] },
          { index: 0, embedding: [3, 0] },
        ],
      }),
    );
    await expect(embeddings().embed(['a', 'b'], { timeoutMs })).resolves.toEqual([
      Float32Array.of(1, 0),
      Float32Array.of(0, 1),
    ]);
  });

  it.each([
    ['too few', { data: [{ index: 0, embedding: [1] }] }],
    [
      'twice the same',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [1] },
        ],
      },
    ],
    [
      'of two sizes',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 1, embedding: [1, 2] },
        ],
      },
    ],
    [
      'without numbers',
      {
        data: [
          { index: 0, embedding: ['a'] },
          { index: 1, embedding: ['b'] },
        ],
      },
    ],
    [
      'of an index far away',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 7, embedding: [1] },
        ],
      },
    ],
  ])('that are %s are an error', async (_, body) => {
    server.behave(json(body));
    await expect(embeddings().embed(['a', 'b'], { timeoutMs })).rejects.toMatchObject({
      code: 'model_unreadable',
    });
  });

  it.each(ailments.filter(([name]) => !/MB|without end/u.test(name)))(
    'are an error in time when there is %s',
    async (_, ailment) => {
      server.behave(ailment);
      await expect(embeddings().embed(['a'], { timeoutMs })).rejects.toMatchObject({ name: 'ModelError' });
    },
  );

  it('are of texts without personal data', async () => {
    server.behave(embeds(() => [1]));
    await embeddings().embed(['soy ana, escribe a ana@x.example o al 612 345 678'], {
      timeoutMs,
      names: ['Ana'],
    });
    expect(JSON.parse(server.received[0]?.text ?? '').input).toEqual([
      'soy [name-1], escribe a [email-1] o al [phone-1]',
    ]);
  });
});

describe('a model in a folder', () => {
  it('without its library says what to install', async () => {
    await expect(createLocalEmbeddings('/models/e5')).rejects.toMatchObject({
      code: 'embeddings_library_missing',
      hint: 'Install it beside Relevo: npm install @huggingface/transformers',
    });
  });

  it('is loaded from there and from nowhere else', async () => {
    const env = { localModelPath: '', allowRemoteModels: true, allowLocalModels: false };
    const asked: string[] = [];
    const library = {
      env,
      pipeline: async (_: string, model: string) => {
        asked.push(model);
        return async (texts: string[]) => ({ tolist: () => texts.map((text) => [text.length, 0]) });
      },
    };
    const local = await createLocalEmbeddings('/models/e5-small', async () => library);
    await expect(local.embed(['ab', ''], { timeoutMs })).resolves.toEqual([
      Float32Array.of(1, 0),
      Float32Array.of(1, 0),
    ]);
    expect({ ...env, asked, name: local.name }).toEqual({
      localModelPath: '/models',
      allowRemoteModels: false,
      allowLocalModels: true,
      asked: ['e5-small'],
      name: 'file:e5-small',
    });
  });
});
