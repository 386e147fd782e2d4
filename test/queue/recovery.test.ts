import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { createBullQueue } from '../../src/queue/bullmq.ts';
import { createDispatch } from '../../src/queue/dispatch.ts';
import type { Work } from '../../src/queue/queue.ts';
import { createSweeper } from '../../src/queue/sweeper.ts';
import { createGate } from '../gate.ts';
import { silentLog } from '../log.ts';
import type { TestDatabase } from '../postgres-server.ts';
import { openDatabase } from '../postgres-server.ts';
import type { RedisServer } from '../redis-server.ts';
import { redisMissing, startRedis } from '../redis-server.ts';

const soon = { timeout: 15_000, interval: 20 };

/** What a store would know: turns and when they were stored, deadlines and when they are due. */
function truth() {
  const turns = new Map<string, number>();
  const deadlines = new Map<string, number>();
  return {
    turns,
    deadlines,
    undone: {
      turns: async (storedBefore: number, limit: number) =>
        [...turns]
          .filter(([, at]) => at < storedBefore)
          .map(([id]) => id)
          .slice(0, limit),
      effects: async () => [],
      files: async () => [],
      deadlines: async (dueBefore: number, limit: number) =>
        [...deadlines]
          .filter(([, at]) => at < dueBefore)
          .slice(0, limit)
          .map(([conversation, at]) => ({ conversation, seq: 1, deadline: { kind: 'accept', at } as const })),
    },
  };
}

async function startProcess(
  url: string,
  prefix: string,
  store: ReturnType<typeof truth>,
  local: boolean,
  before: () => Promise<void> = async () => undefined,
) {
  const queue = await createBullQueue({ url, prefix, log: silentLog, backoffMs: 50 });
  const dispatch = createDispatch({
    queue,
    log: silentLog,
    local,
    concurrency: 4,
    handlers: {
      turn: async ({ conversation }) => {
        await before();
        store.turns.delete(conversation);
      },
      deadline: async ({ conversation }: Work) => void store.deadlines.delete(conversation),
      deliver: async () => undefined,
      offer: async () => undefined,
      fetch: async () => undefined,
    },
  });
  const sweeper = createSweeper({
    undone: store.undone,
    wake: dispatch.wake,
    clock: systemClock,
    log: silentLog,
    everyMs: 100,
    restMs: 300,
    rewakeMs: 500,
    horizonMs: 2_000,
  });
  await dispatch.start();
  return {
    dispatch,
    sweeper,
    async stop() {
      await sweeper.stop();
      await dispatch.stop(1_000);
    },
  };
}

describe('losing the queue loses no work', () => {
  let redis: RedisServer | null;
  let database: TestDatabase;
  beforeAll(async () => {
    [redis, database] = await Promise.all([startRedis(), openDatabase()]);
  });
  afterAll(() => Promise.all([redis?.stop(), database.drop()]));

  test.skipIf(redisMissing !== undefined)(
    `FLUSHALL with much of it waiting${redisMissing === undefined ? '' : `: left out, ${redisMissing}`}`,
    async () => {
      const store = truth();
      const url = redis?.url ?? '';
      const web = await startProcess(url, 'flush', store, false);
      for (let i = 0; i < 1_000; i += 1) {
        store.turns.set(`c${i}`, Date.now());
        web.dispatch.wake({ kind: 'turn', conversation: `c${i}`, seq: 1 });
      }
      store.deadlines.set('soon', Date.now() + 800);
      await web.dispatch.idle();
      const flushed = createGate();
      const worker = await startProcess(url, 'flush', store, true, async () => {
        if (store.turns.size <= 900) await flushed.opened;
      });
      await vi.waitFor(() => expect(store.turns.size).toBe(900), soon);
      const client = new Redis(url);
      await client.flushall();
      client.disconnect();
      flushed.open();
      await worker.dispatch.idle();
      expect(store.turns.size).toBeGreaterThan(800);
      worker.sweeper.start();
      await vi.waitFor(() => expect(store.turns.size + store.deadlines.size).toBe(0), soon);
      await Promise.all([web.stop(), worker.stop()]);
    },
  );

  test('a process that ended between the commit and the queue', async () => {
    const store = truth();
    store.turns.set('stored, never queued', Date.now() - 60_000);
    store.deadlines.set('over', Date.now() - 60_000);
    store.deadlines.set('soon', Date.now() + 500);
    store.deadlines.set('far', Date.now() + 60_000);
    const prefix = `t${randomBytes(6).toString('hex')}`;
    const worker = await startProcess(database.url, prefix, store, true);
    worker.sweeper.start();
    await vi.waitFor(
      () => expect([store.turns.size, [...store.deadlines.keys()]]).toEqual([0, ['far']]),
      5_000,
    );
    await worker.stop();
  });
});
