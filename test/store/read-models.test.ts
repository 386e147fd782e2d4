import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { ensureReadModels } from '../../src/store/read-models.ts';
import type { Store } from '../../src/store/store.ts';
import { createStory, newCustomer, start } from '../contract/story.ts';
import { hearLog, silentLog } from '../log.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

describe('read models of an older version', () => {
  let database: TestDatabase;
  let store: Store;
  let client: pg.Client;

  beforeAll(async () => {
    database = await openDatabase();
    store = await createPostgresStore({ url: database.url, log: silentLog, clock: { now: () => start } });
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await store?.stop();
    await database?.drop();
  });

  test('of an empty store are nothing to tell', async () => {
    const { log, messages } = hearLog();
    await ensureReadModels(store, log);
    expect(messages(30)).toEqual([]);
    await store.cursors.set('relevo/read-models', '0');
  });

  test('are made anew from the log, once', async () => {
    const story = createStory(store, newCustomer());
    await story.writes('hola');
    const whole = await store.log.load(story.id);
    const age = () =>
      client.query(`update relevo.conversations set state = (state::jsonb - 'questions' - 'brand')::json`);
    await age();
    expect((await store.log.load(story.id))?.state).not.toHaveProperty('questions');
    const { log, messages } = hearLog();
    await ensureReadModels(store, log);
    expect(await store.log.load(story.id)).toEqual(whole);
    await age();
    await ensureReadModels(store, log);
    expect(messages(30)).toEqual([
      'the lists are made anew from the log, once, for this version',
      'the lists are made anew',
    ]);
    expect((await store.log.load(story.id))?.state).not.toHaveProperty('questions');
  });
});
