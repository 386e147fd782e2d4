import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectKept, naughtyFile, naughtyStrings } from './naughty.ts';
import { secretOf, startWeb, type Web } from './web.ts';

const corpora = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora');
const jsonFolder = join(corpora, 'json-test-suite', 'test_parsing');

let web: Web;
let id: string;
const visitor = { 'x-relevo-visitor': secretOf('ana') };

beforeAll(async () => {
  web = await startWeb();
  id = (await send('/api/chat/messages', JSON.stringify({ id: 'm-0', text: 'x' }))).json().conversation;
  await web.handOver(id);
});
afterAll(() => web.stop());

function send(url: string, payload: string | Buffer, headers: Record<string, string> = {}) {
  return web.server.inject({
    method: 'POST',
    url,
    headers: { ...visitor, 'content-type': 'application/json', ...headers },
    payload,
  });
}

async function wanted(
  answer: Awaited<ReturnType<typeof send>>,
  status: number,
  code: string,
): Promise<Record<string, unknown>> {
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.json()).toMatchObject({ type: 'about:blank', title: expect.any(String), status });
  return answer.json();
}

const routes = () => ['/api/chat/messages', `/api/cases/${id}/reply`, `/api/cases/${id}/claim`];

const suite = existsSync(jsonFolder) ? readdirSync(jsonFolder) : [];
describe.skipIf(suite.length === 0)(
  `JSON bodies (left out: no ${jsonFolder}; RELEVO_SHARED names it)`,
  () => {
    test.each(suite)('%s', async (name) => {
      const bytes = readFileSync(join(jsonFolder, name));
      for (const url of routes()) {
        const answer = await send(url, bytes);
        if (name.startsWith('n_')) expect(answer.statusCode).toBe(400);
        else expect(answer.statusCode).toBeLessThan(500);
        if (answer.statusCode >= 400)
          expect(answer.headers['content-type']).toContain('application/problem+json');
      }
    });
  },
);

describe.skipIf(naughtyStrings.length === 0)(`naughty strings (left out: no ${naughtyFile})`, () => {
  test('are kept as they are or refused', () => expectKept(web.server, secretOf('naughty')));
});

describe('a body', () => {
  test('that is not UTF-8 is refused', async () => {
    for (const url of routes()) {
      const bytes = Buffer.from('{"id":"m","text":"ma\xf1ana"}', 'latin1');
      await wanted(await send(url, bytes), 400, 'invalid_utf8');
    }
  });

  test.each([
    ['{"id":"m","text":"a\\u0000b"}', 'text'],
    ['{"id":"m","text":"\\ud83d"}', 'text'],
    ['{"id":"m","text":"a","extra":{"list":["\\udc00"]}}', 'extra.list.0'],
  ])('with a text that cannot be kept is refused: %s', async (body, path) => {
    for (const url of routes()) {
      const problem = await wanted(await send(url, body), 400, 'invalid_text');
      expect(problem).toMatchObject({ detail: expect.stringContaining(path), errors: [{ path }] });
    }
  });

  test('with such a name of a field is refused', async () => {
    await wanted(await send('/api/chat/messages', '{"id":"m","text":"a","\\ud800":1}'), 400, 'invalid_text');
  });

  test.each(['{"id":"m","text":"a","__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}'])(
    'that poisons prototypes is refused: %s',
    async (body) => {
      await wanted(await send('/api/chat/messages', body), 400, 'invalid_json');
    },
  );

  test('keeps pairs of surrogates, however they are written', async () => {
    const answer = await send('/api/chat/messages', '{"id":"pair","text":"\\ud83e\\udd9c __proto__"}');
    expect(answer.statusCode).toBe(202);
    const page = await web.server.inject({ method: 'GET', url: '/api/chat/messages', headers: visitor });
    expect(page.body).toContain('🦜 __proto__');
  });

  test('that is too large is refused with the limit', async () => {
    for (const url of routes()) {
      const answer = await send(url, JSON.stringify({ id: 'm', text: 'x'.repeat(10 * 1024 * 1024) }));
      const problem = await wanted(answer, 413, 'body_too_large');
      expect(problem.detail).toContain('256 KB');
    }
  });

  test('of another type is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'x',
    ]) {
      const answer = await send('/api/chat/messages', '{"id":"m","text":"a"}', { 'content-type': type });
      await wanted(answer, 415, 'unsupported_media_type');
    }
  });

  test('as deep as it is long does no harm', async () => {
    for (const open of ['[', '{"a":', '{"text":["\\u0041",']) {
      const close = open === '{"a":' ? '}' : open === '[' ? ']' : ']}';
      const depth = Math.floor(200_000 / (open.length + close.length));
      for (const url of routes()) {
        const answer = await send(url, `${open.repeat(depth)}1${close.repeat(depth)}`);
        expect(answer.statusCode).toBeGreaterThanOrEqual(200);
        expect(answer.statusCode).toBeLessThan(500);
      }
    }
  });
});

describe('everything else that is wrong', () => {
  test('is a problem too', async () => {
    await wanted(await send('/api/nothing', '{}'), 404, 'not_found');
    const url = (path: string) => web.server.inject({ method: 'GET', url: path, headers: visitor });
    await wanted(await url('/api/chat/%ff'), 400, 'invalid_address');
    await wanted(await url(`/api/cases/${'9'.repeat(5_000)}`), 404, 'not_found');
    await wanted(await url('/api/chat/messages?after=1.1&after=1.2'), 400, 'invalid_request');
    await wanted(await url('/'), 404, 'not_built');
  });

  test('is a problem even when it is not HTTP', async () => {
    const other = await startWeb();
    const base = await other.server.listen({ host: '127.0.0.1', port: 0 });
    const { connect } = await import('node:net');
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    let text = '';
    for await (const bytes of socket) text += String(bytes);
    expect(text).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s);
    await other.stop();
  });
});
