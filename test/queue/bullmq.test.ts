import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBullQueue } from '../../src/queue/bullmq.ts';
import { queueContract, takeover } from '../contract/queue.ts';
import { silentLog } from '../log.ts';
import type { TestDatabase } from '../postgres-server.ts';
import { openDatabase } from '../postgres-server.ts';
import type { RedisServer } from '../redis-server.ts';
import { redisMissing, startRedis } from '../redis-server.ts';

const quick = { ...takeover, backoffMs: 50, log: silentLog };
const anyPrefix = () => `t${randomBytes(6).toString('hex')}`;

let redis: RedisServer | null;
let database: TestDatabase;
beforeAll(async () => {
  [redis, database] = await Promise.all([startRedis(), openDatabase()]);
});
afterAll(() => Promise.all([redis?.stop(), database.drop()]));

queueContract('Redis', redisMissing, () => {
  const address = { url: redis?.url ?? '', prefix: anyPrefix() };
  return {
    address,
    open: (more = {}) => createBullQueue({ ...address, ...quick, ...more }),
    async kept() {
      const client = new Redis(address.url);
      const keys = await client.keys(`${address.prefix}:*:*.c1.*`);
      client.disconnect();
      return keys.length;
    },
  };
});

queueContract('PostgreSQL', undefined, () => {
  const address = { url: database.url, prefix: anyPrefix() };
  return {
    address,
    open: (more = {}) => createBullQueue({ ...address, ...quick, ...more }),
    async kept() {
      const client = new pg.Client({ connectionString: address.url });
      await client.connect();
      const { rows } = await client.query(`select count(*)::int as jobs from ${address.prefix}.job`);
      await client.end();
      return rows[0].jobs;
    },
  };
});

test('refuses an address of no known engine', async () => {
  for (const url of ['mysql://localhost/x', 'nonsense']) {
    await expect(createBullQueue({ ...quick, url })).rejects.toMatchObject({ code: 'queue_url_invalid' });
  }
});
