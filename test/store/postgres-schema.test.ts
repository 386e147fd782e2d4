import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrations } from '../../src/store/postgres/migrations.ts';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { answer, createStory, handOver, newCustomer, start } from '../contract/story.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

const log = pino({ level: 'silent' });

let database: TestDatabase;
let client: pg.Client;
const stores: Store[] = [];

beforeEach(async () => {
  database = await openDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  for (const store of stores.splice(0)) await store.stop();
  await client.end();
  await database.drop();
});

async function open(): Promise<Store> {
  const store = await createPostgresStore({ url: database.url, log, poolSize: 3 });
  stores.push(store);
  return store;
}

/** As a program did that knew no more steps than up to this one. */
async function migrateTo(step: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  const migrator = new Migrator({
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableSchema: 'relevo',
    migrationTableName: 'migrations',
    migrationLockTableName: 'migration_lock',
  });
  expect((await migrator.migrateTo(step)).error).toBeUndefined();
  await pool.end();
}

describe('the schema', () => {
  test('is made once when many processes start at the same moment', async () => {
    await Promise.all(Array.from({ length: 6 }, open));
    const { rows } = await client.query('select name from relevo.migrations');
    expect(rows).toEqual(Object.keys(migrations).map((name) => ({ name })));
    await Promise.all(stores.map((store) => createStory(store, newCustomer()).writes('hola')));
  });

  test('is told of in one line, made or brought up to date, and not where nothing was done', async () => {
    const lines: Record<string, unknown>[] = [];
    const told = pino(
      { base: null, timestamp: false },
      { write: (line) => void lines.push(JSON.parse(line)) },
    );
    const openTold = async () => {
      stores.push(await createPostgresStore({ url: database.url, log: told, poolSize: 1 }));
      return lines.splice(0);
    };
    const steps = Object.keys(migrations).sort();
    const [, from = '', ...missing] = steps;
    const to = steps.at(-1);
    expect(await openTold()).toEqual([{ level: 30, to, steps: steps.length, msg: 'the schema was made' }]);
    expect(await openTold()).toEqual([]);
    await client.query('drop schema relevo cascade');
    await migrateTo(from);
    expect(await openTold()).toEqual([
      { level: 30, from, to, steps: missing.length, msg: 'the schema was brought up to date' },
    ]);
  });

  test('is refused when a newer program made it', async () => {
    await open();
    await client.query(`insert into relevo.migrations values ('999-future', '2030-01-01')`);
    await expect(open()).rejects.toMatchObject({
      code: 'store_newer',
      message: expect.stringContaining('999-future'),
      hint: expect.stringContaining('newer version'),
    });
  });

  test('lies beside what else is in the database, and is described without secrets', async () => {
    const store = await open();
    const { rows } = await client.query(
      `select distinct schemaname from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    expect(rows).toEqual([{ schemaname: 'relevo' }]);
    expect(store.description).toMatch(/^PostgreSQL \d+\S* at \S+, database test_/u);
    const { password } = new URL(database.url);
    if (password !== '') expect(store.description).not.toContain(password);
  });

  test('a database that does not let us in is reported as such', async () => {
    const url = new URL(database.url);
    url.pathname = '/no_such_database';
    await expect(createPostgresStore({ url: url.href, log })).rejects.toMatchObject({
      code: 'store_unreachable',
    });
  });
});

describe('a rebuild', () => {
  test('makes lost rows anew, removes rows without a log, and sends nothing twice', async () => {
    const store = await open();
    const [story, other] = [createStory(store, newCustomer()), createStory(store, newCustomer())];
    for (const each of [story, other]) {
      await each.writes('uno');
      await each.botDecides({ ...answer, say: [...answer.say, ...answer.say] });
    }
    const [first = '', second = ''] = (await store.outbox.rows(story.id)).map((row) => row.name);
    await store.outbox.markDone([first]);
    await store.undone.deadlines(Number.MAX_SAFE_INTEGER, 1);
    const before = await client.query('select * from relevo.conversations order by id');
    await client.query(`insert into relevo.conversations
      select 'ghost', seq, 'ghost', ordinal, number, state, stage, tier, agent from relevo.conversations limit 1`);
    await client.query('update relevo.conversations set seq = 99 where id = $1', [other.id]);
    await client.query('delete from relevo.conversations where id = $1', [story.id]);
    await client.query('delete from relevo.effects where conversation = $1 and index = 1', [story.id]);

    expect(await store.log.load(story.id)).toMatchObject({ seq: 2 });
    expect(await store.rebuild(() => undefined)).toEqual({ conversations: 2, commits: 4 });
    expect((await client.query('select * from relevo.conversations order by id')).rows).toEqual(before.rows);
    expect((await store.outbox.rows(story.id)).map((row) => row.state)).toEqual(['done', 'pending']);
    const [added] = await store.outbox.lease(story.id, 'a', start, start + 1);
    expect(added).toMatchObject({ name: second, attempt: 1, unknown: true });

    // Nobody is sent last year's messages once more.
    await client.query('delete from relevo.effects where conversation = $1 and index = 1', [story.id]);
    await client.query(`update relevo.commits set at = 0 where conversation = $1`, [story.id]);
    await store.rebuild(() => undefined);
    const [, old] = await store.outbox.rows(story.id);
    expect(old).toMatchObject({
      name: second,
      state: 'failed',
      error: expect.stringContaining('unknown_outcome'),
    });
  });

  test('that was cut short is simply run again', async () => {
    const store = await open();
    const stories = Array.from({ length: 3 }, () => createStory(store, newCustomer()));
    for (const story of stories) {
      await story.writes('uno');
      await story.botDecides(handOver);
      for (let n = 0; n < 500; n++) await story.writes(`${n}`);
    }
    await store.undone.deadlines(Number.MAX_SAFE_INTEGER, 1);
    const before = await client.query('select * from relevo.conversations order by id');
    await client.query(`update relevo.conversations set stage = 'bot', tier = null`);
    const cut = store.rebuild(() => {
      throw new Error('cut');
    });
    await expect(cut).rejects.toThrow('cut');
    await store.rebuild(() => undefined);
    expect((await client.query('select * from relevo.conversations order by id')).rows).toEqual(before.rows);
  });
});

test('a rebuild never puts a row back behind a commit that was stored meanwhile', async () => {
  const store = await open();
  const story = createStory(store, newCustomer());
  await story.writes('uno');
  const { commit, after } = await story.nextWrites('dos');
  const blocked = (count: number) =>
    vi.waitFor(async () => {
      const { rows } = await client.query('select count(*)::int as count from pg_locks where not granted');
      expect(rows).toEqual([{ count }]);
    }, 5_000);

  await client.query('begin');
  await client.query('select from relevo.conversations for update');
  const appended = store.log.append(commit, after);
  await blocked(1);
  const rebuilt = store.rebuild(() => undefined);
  await blocked(2);
  await client.query('commit');
  expect(await appended).toBe('stored');
  expect(await rebuilt).toEqual({ conversations: 1, commits: 1 });
  const { rows } = await client.query('select seq, state from relevo.conversations');
  expect(rows).toEqual([{ seq: 2, state: after }]);
});

describe('signals', () => {
  test('survive what others say on the channel, and topics too long for it', async () => {
    const [store, other] = [await open(), await open()];
    const heard: string[] = [];
    store.signals.subscribe((topic) => heard.push(topic));
    for (const payload of ['', 'no json', '{}', '[1]', 'null', '{"from":1,"topics":"x"}']) {
      await client.query('select pg_notify($1, $2)', ['relevo', payload]);
    }
    other.signals.publish('x'.repeat(9_000));
    other.signals.publish('ñ'.repeat(3_000));
    await vi.waitFor(() => expect(heard).toEqual(['ñ'.repeat(3_000)]));
  });
});
