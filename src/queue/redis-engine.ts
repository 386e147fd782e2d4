import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Engine } from './engine.ts';
import { placeOf } from './engine.ts';
import { within } from './within.ts';

const maxReconnectMs = 2_000;

/**
 * BullMQ on Redis. What is added fails at once while Redis is away, so that nobody waits for it; what workers ask
 * waits for Redis to come back.
 * @throws what the driver throws when Redis cannot be reached
 */
export async function openRedis(url: URL, prefix: string, timeoutMs: number, log: Logger): Promise<Engine> {
  const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 10), maxReconnectMs);
  const producer = new Redis(url.href, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    retryStrategy,
  });
  const worker = new Redis(url.href, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy });
  // The queue hears of errors through BullMQ; an emitter without a listener of its own would end the process.
  for (const client of [producer, worker]) client.on('error', () => undefined);
  try {
    // The client's own limit is for each step of the handshake, and it goes through them more than once.
    await within(timeoutMs, producer.connect());
  } catch (error) {
    producer.disconnect();
    throw error;
  }
  await warnIfForgetful(producer, log);
  return {
    description: `BullMQ on Redis (${placeOf(url, 6379)})`,
    backend: (name, opts, more) => {
      const connection = more?.withBlockingConnection === true ? worker : producer;
      return createRedisBackend(name, Object.assign({}, opts, { connection, prefix }), more);
    },
    // BullMQ never lets a Redis connection block for longer.
    idleSeconds: 10,
    close() {
      producer.disconnect();
      worker.disconnect();
    },
  };
}

/** The store is the truth, so a forgetful Redis costs time and no case: a warning is enough. */
async function warnIfForgetful(redis: Redis, log: Logger): Promise<void> {
  let info: string;
  try {
    info = await redis.info();
  } catch (error) {
    log.debug({ err: error }, 'Redis does not let us ask how it keeps its data');
    return;
  }
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  if (field('aof_enabled') === '0') {
    log.warn(
      'Redis keeps no append-only file: after its crash waiting work starts late, when the sweeper finds it. Set appendonly yes',
    );
  }
  const policy = field('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    log.warn(
      { policy },
      'Redis may throw jobs away when its memory is full: work then starts late. Set maxmemory-policy noeviction',
    );
  }
}
