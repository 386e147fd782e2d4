import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import { ensureReadModels } from '../../src/store/read-models.ts';
import type { Store } from '../../src/store/store.ts';
import { createStory, newCustomer, start } from '../contract/story.ts';
import { silentLog } from '../log.ts';
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

  test('are made anew from the log, once', async () => {
    const story = createStory(store, newCustomer());
    await story.writes('hola');
    const whole = await store.log.load(story.id);
    const age = () =>
      client.query(`update relevo.conversations set state = (state::jsonb - 'questions' - 'brand')::json`);
    await age();
    expect((await store.log.load(story.id))?.state).not.toHaveProperty('questions');
    await ensureReadModels(store, silentLog);
    expect(await store.log.load(story.id)).toEqual(whole);
    await age();
    await ensureReadModels(store, silentLog);
    expect((await store.log.load(story.id))?.state).not.toHaveProperty('questions');
  });
});
