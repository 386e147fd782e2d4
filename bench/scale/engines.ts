import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startEmbedded } from '../../src/store/postgres/embedded.ts';
import { mongoMissing, startMongo } from '../../test/mongo-server.ts';
import { redisMissing, startRedis } from '../../test/redis-server.ts';

/** A store and a queue. */
export const pairs = ['postgres', 'postgres+redis', 'mongo+redis'] as const;

/** One of the pairs. */
export type Pair = (typeof pairs)[number];

/** A pair that runs. */
export interface Engines {
  readonly storeUrl: string;
  /** The settings that name them. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Why a pair cannot be measured here; undefined: it can. */
export function missing(pair: Pair): string | undefined {
  return (
    (pair === 'mongo+redis' ? mongoMissing : undefined) ?? (pair === 'postgres' ? undefined : redisMissing)
  );
}

/** Starts a pair with empty data. @throws Error when a part of it is missing here */
export async function startPair(pair: Pair): Promise<Engines> {
  const store = pair === 'mongo+redis' ? await startDocuments() : await startTables();
  if (pair === 'postgres') return store;
  const redis = await startRedis();
  if (redis === null) throw new Error(redisMissing);
  return {
    ...store,
    variables: { ...store.variables, REDIS_URL: redis.url },
    async stop() {
      await redis.stop();
      await store.stop();
    },
  };
}

async function startDocuments(): Promise<Engines> {
  const server = await startMongo();
  const storeUrl = server.database();
  return { storeUrl, variables: { MONGODB_URL: storeUrl }, stop: () => server.stop() };
}

async function startTables(): Promise<Engines> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-bench-pg-'));
  // The embedded database runs as another user where we are root, and must be able to pass through.
  await chmod(folder, 0o755);
  const log = pino({ level: 'silent' });
  const server = await startEmbedded({ dataFolder: folder, elsewhere: join(folder, 'elsewhere'), log });
  return {
    storeUrl: server.url,
    variables: { DATABASE_URL: server.url },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
