import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createStory, newCustomer } from '../contract/story.ts';
import { silentLog } from '../log.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await openDatabase();
  store = await createPostgresStore({ url: database.url, log: silentLog, poolSize: 2 });
});
afterAll(async () => {
  await store?.stop();
  await database?.drop();
});

async function run(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

test('a database without room on its disk refuses a message in a clear line, and takes it once there is room', async () => {
  const story = createStory(store, newCustomer());
  await story.writes('uno');
  // A server whose disk is full refuses an insert with this state; here a trigger does in its place.
  await run(
    `create function relevo.full() returns trigger language plpgsql as $$
     begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
    'create trigger full_disk before insert on relevo.commits for each row execute function relevo.full()',
  );
  const { commit, after } = await story.nextWrites('dos');
  await expect(store.log.append(commit, after)).rejects.toMatchObject({
    code: 'store_failed',
    message: 'the database has no room left on its disk',
    hint: expect.stringContaining('nothing is lost'),
  });
  expect(await store.log.load(story.id)).toMatchObject({ seq: 1 });
  await run('drop trigger full_disk on relevo.commits');
  expect(await store.log.append(commit, after)).toBe('stored');
  expect(await store.log.load(story.id)).toEqual({ state: after, seq: 2 });
});
