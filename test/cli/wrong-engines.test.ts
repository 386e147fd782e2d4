import { rm } from 'node:fs/promises';
import mongoose from 'mongoose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBullQueue } from '../../src/queue/bullmq.ts';
import { openStore } from '../../src/store/open-store.ts';
import { silentLog as log } from '../log.ts';
import { type MongoServer, mongoMissing, startMongo } from '../mongo-server.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { type RedisServer, redisMissing, startRedis } from '../redis-server.ts';
import { makeFolder, relevo } from './command.ts';

let folder = '';
const databases: TestDatabase[] = [];
let redis: RedisServer | null = null;
let mongo: MongoServer | null = null;
/** What each case sets, made before. */
const settings: Record<string, Readonly<Record<string, string>>> = {};

async function emptyStore(url: string): Promise<string> {
  const store = await openStore({ url, log });
  const { installation } = store;
  await store.stop();
  return installation;
}

async function onPostgres(): Promise<string> {
  const database = await openDatabase();
  databases.push(database);
  await emptyStore(database.url);
  return database.url;
}

async function change(
  url: string,
  how: (collections: mongoose.Connection) => Promise<unknown>,
): Promise<void> {
  const connection = await mongoose.createConnection(url).asPromise();
  await how(connection);
  await connection.close();
}

beforeAll(async () => {
  folder = await makeFolder();
  redis = await startRedis();
  const REDIS_URL = redis?.url ?? '';
  settings.two = {
    DATABASE_URL: 'postgres://h/relevo',
    MONGODB_URL: 'mongodb://h/relevo',
    REDIS_URL: 'redis://h',
  };
  const newer = await onPostgres();
  const client = new pg.Client({ connectionString: newer });
  await client.connect();
  await client.query(`insert into relevo.migrations values ('999-future', '2030-01-01')`);
  await client.end();
  settings.newer = { DATABASE_URL: newer };
  if (redis !== null) {
    const theirs = await createBullQueue({ url: REDIS_URL, log, installation: 'another' });
    await theirs.stop(0);
    settings.foreign = { DATABASE_URL: await onPostgres(), REDIS_URL };
  }
  if (mongoMissing !== undefined || redis === null) return;
  mongo = await startMongo();
  const later = mongo.database();
  await emptyStore(later);
  await change(later, (raw) =>
    raw
      .collection<{ _id: string; value: number }>('counters')
      .updateOne({ _id: 'schema' }, { $set: { value: 99 } }),
  );
  settings.newerMongo = { MONGODB_URL: later, REDIS_URL: `${REDIS_URL}/1` };
  // The test's server thinks that an index is there once its making has failed: each command gets a database of its own.
  for (const name of ['noIndex', 'noIndex doctor']) {
    const twice = mongo.database();
    await emptyStore(twice);
    await change(twice, async (raw) => {
      const commits = raw.collection<{ _id: string; key: string }>('commits');
      await commits.dropIndex('key_1');
      await commits.insertMany(['a:1', 'b:1'].map((_id) => ({ _id, key: 'the same' })));
    });
    settings[name] = { MONGODB_URL: twice, REDIS_URL: `${REDIS_URL}/1` };
  }
}, 120_000);

afterAll(async () => {
  await redis?.stop();
  await mongo?.stop();
  for (const database of databases) await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const cases = [
  [
    'two stores',
    'two',
    /MONGODB_URL: expected nothing, as DATABASE_URL names a store already: set one of the two/u,
    undefined,
  ],
  ['a PostgreSQL that a newer Relevo wrote', 'newer', /newer/u, undefined],
  [
    'a queue of another installation',
    'foreign',
    /this Redis holds the queue of another installation/u,
    redisMissing,
  ],
  [
    'a MongoDB that a newer Relevo wrote',
    'newerMongo',
    /written by a newer Relevo/u,
    mongoMissing ?? redisMissing,
  ],
  [
    'a MongoDB without its indexes, which cannot be made',
    'noIndex',
    /a unique index of commits cannot be made/u,
    mongoMissing ?? redisMissing,
  ],
] as const;

describe.each(cases)('%s', (_what, name, line, missing) => {
  test.skipIf(missing !== undefined)(
    `is told in a clear line, and nothing is begun ${missing ?? ''}`,
    async () => {
      const more = { RELEVO_DATA: folder, PORT: '0', LOG_LEVEL: 'fatal' };
      const env = { ...settings[name], ...more };
      const [started, looked] = await Promise.all([
        relevo(['start'], env),
        relevo(['doctor'], { ...env, ...settings[`${name} doctor`] }),
      ]);
      expect(started).toMatchObject({ code: 1, out: '', err: expect.stringMatching(line) });
      expect(started.err).toMatch(/^relevo: /u);
      expect(looked).toMatchObject({ code: 1, out: expect.stringMatching(line) });
      expect(looked.out).toMatch(/^WRONG /mu);
    },
  );
});
