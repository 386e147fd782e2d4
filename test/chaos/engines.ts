import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { startEmbedded } from '../../src/store/postgres/embedded.ts';
import { startMongo } from '../mongo-server.ts';
import { startRedis } from '../redis-server.ts';
import { startProxy } from '../tcp-proxy.ts';
import type { Pair } from './plan.ts';

/** A store and a queue of a run's own, which can be broken. */
export interface Engines {
  /** The settings that name them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly storeUrl: string;
  /** Stops the store at once, as a power cut does, and starts it again. */
  breakStore(): Promise<void>;
  /** The same with Redis. Nothing where there is none. */
  breakRedis(): Promise<void>;
  /** Deletes all that is in Redis. Nothing where there is none. */
  flushRedis(): Promise<void>;
  stop(): Promise<void>;
}

const log = pino({ level: 'silent' });

/** Starts a pair. @throws Error when an engine is missing here */
export async function startEngines(pair: Pair): Promise<Engines> {
  const store = pair === 'mongo+redis' ? await mongo() : await postgres();
  if (pair === 'postgres') {
    const nothing = async () => undefined;
    return { ...store, breakRedis: nothing, flushRedis: nothing };
  }
  const redis = await startRedis();
  if (redis === null) throw new Error('redis-server is not installed');
  return {
    ...store,
    variables: { ...store.variables, REDIS_URL: redis.url },
    async breakRedis() {
      await redis.kill();
      await redis.restart();
    },
    async flushRedis() {
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
    },
    async stop() {
      await redis.stop();
      await store.stop();
    },
  };
}

type OneEngine = Omit<Engines, 'breakRedis' | 'flushRedis'>;

async function mongo(): Promise<OneEngine> {
  const server = await startMongo();
  const url = server.database();
  return {
    variables: { MONGODB_URL: url },
    storeUrl: url,
    breakStore: () => server.restart(),
    stop: () => server.stop(),
  };
}

/** The PostgreSQL that comes with Relevo; it has another port after each start, which a line in front hides. */
async function postgres(): Promise<OneEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-chaos-pg-'));
  await chmod(folder, 0o755);
  const beginOnce = () => startEmbedded({ dataFolder: folder, elsewhere: join(folder, 'elsewhere'), log });
  // On a computer with a lot to do it may take longer than anybody waits for it.
  const begin = () => beginOnce().catch(beginOnce).catch(beginOnce);
  let server = await begin();
  const line = await startProxy(server.url);
  return {
    variables: { DATABASE_URL: line.url },
    storeUrl: line.url,
    async breakStore() {
      const pid = Number(
        (await readFile(join(server.folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0],
      );
      // Immediate: connections are cut, and what is committed is found in the journal at the next start.
      process.kill(pid, 'SIGQUIT');
      await server.stop();
      server = await begin();
      line.aim(server.url);
    },
    async stop() {
      await line.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
