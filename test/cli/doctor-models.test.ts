import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelLooks } from '../../src/cli/doctor-models.ts';
import { readConfig } from '../../src/config.ts';
import { embeds, json, type ModelServer, says, startModelServer } from '../model/model-server.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());

const both = () =>
  readConfig({ LLM_BASE_URL: server.url, LLM_MODEL: 'm', EMBEDDINGS_URL: server.url, EMBEDDINGS_MODEL: 'e' });

test('relevo doctor looks at no model unless one is set up', () => {
  expect(modelLooks(readConfig({}))).toEqual([]);
});

test('relevo doctor asks each model once, for real', async () => {
  const [chat, embeddings] = modelLooks(both());
  server.behave(says('OK'));
  await expect(chat?.at()).resolves.toMatch(/^m at 127\.0\.0\.1:\d+ answers, in \d+ ms$/u);
  server.behave(embeds(() => [1, 2, 3]));
  await expect(embeddings?.at()).resolves.toMatch(/^e gives vectors of 3 numbers, in \d+ ms$/u);
});

test('relevo doctor says what is wrong and what to do', async () => {
  server.behave(json({}, 401));
  for (const { at } of modelLooks(both()))
    await expect(at()).rejects.toMatchObject({ code: 'model_refused', hint: 'Is the key right?' });
  const [folder] = modelLooks(readConfig({ EMBEDDINGS_URL: 'file:/models/e5' }));
  await expect(folder?.at()).rejects.toMatchObject({ code: 'embeddings_library_missing' });
});
