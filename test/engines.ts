import { afterAll } from 'vitest';
import { type MongoServer, startMongo } from './mongo-server.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

/**
 * The engines that stories run on: `postgres` (the default), `postgres+redis` or `mongo+redis`. The variable TEST_ENGINES alone
 * decides, so that the same tests show the same on each pair.
 */
export const pair = process.env.TEST_ENGINES ?? 'postgres';

const known = ['postgres', 'postgres+redis', 'mongo+redis'];
if (!known.includes(pair)) throw new Error(`TEST_ENGINES is one of ${known.join(', ')}, not ${pair}`);

let mongo: Promise<MongoServer> | null = null;
let redis: Promise<RedisServer | null> | null = null;
/** The same database of a test is the same one on every engine, also after a restart. */
const databases = new Map<string, string>();

afterAll(async () => {
  await (await mongo)?.stop();
  await (await redis)?.stop();
});

/** Where a story's store and queue are. */
export interface StoryEngines {
  readonly databaseUrl: string;
  /** Null: the queue lives in the database. */
  readonly redisUrl: string | null;
}

/**
 * The engines of a story that has a PostgreSQL database of its own.
 * @param databaseUrl of it, which names the story's data whatever the engine
 * @throws Error when an engine of the pair is not here
 */
export async function storyEngines(databaseUrl: string): Promise<StoryEngines> {
  if (pair === 'postgres') return { databaseUrl, redisUrl: null };
  redis ??= startRedis();
  const server = await redis;
  if (server === null) throw new Error(`TEST_ENGINES is ${pair}, and redis-server is not installed`);
  // One server for a file; each story has a database of its own in it.
  const number = [...databases.keys(), databaseUrl].indexOf(databaseUrl);
  const redisUrl = `${server.url}/${number % 16}`;
  if (pair === 'postgres+redis') {
    databases.set(databaseUrl, databaseUrl);
    return { databaseUrl, redisUrl };
  }
  mongo ??= startMongo();
  // By way of a line that a test can cut it is an address of the engine already.
  const own = databaseUrl.startsWith('mongodb:') ? databaseUrl : databases.get(databaseUrl);
  const url = own ?? (await mongo).database();
  databases.set(databaseUrl, url);
  return { databaseUrl: url, redisUrl };
}

/** The variables that put a process of the built program on the pair. @param name of its data, the same after a restart */
export async function engineVariables(name: string): Promise<Readonly<Record<string, string>>> {
  const { databaseUrl, redisUrl } = await storyEngines(name);
  return {
    // Alone, the program brings its own PostgreSQL.
    ...(pair === 'mongo+redis' ? { MONGODB_URL: databaseUrl } : {}),
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
  };
}
