import { createRedisBackend } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { within } from '../core/within.ts';
import type { Engine } from './engine.ts';
import { placeOfRedis, type RedisAddress } from './redis-address.ts';
import { checkKeeping, claimQueue } from './redis-keeping.ts';

/** What is to be known of a Redis before it is used. */
export interface RedisUse {
  readonly prefix: string;
  readonly timeoutMs: number;
  /** Whose queue it is to be; undefined: anybody's. */
  readonly installation: string | undefined;
  /** Whether one that may forget what waits is taken all the same. */
  readonly volatile: boolean;
  readonly log: Logger;
}

const maxReconnectMs = 2_000;

const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 10), maxReconnectMs);

/**
 * BullMQ on Redis. What is added fails at once while Redis is away, so that nobody waits for it; what workers ask
 * waits for Redis to come back.
 * @throws RelevoError `redis_forgets`, `queue_of_another`, and what the driver throws when Redis cannot be reached
 */
export async function openRedis(address: RedisAddress, use: RedisUse): Promise<Engine> {
  const { timeoutMs } = use;
  const clustered = address.kind === 'cluster';
  // A cluster keeps keys on one node only where the same part of them stands in braces.
  const prefix = clustered ? `{${use.prefix}}` : use.prefix;
  const producer = connect(
    address,
    { maxRetriesPerRequest: 1, connectTimeout: timeoutMs, commandTimeout: timeoutMs },
    false,
  );
  const worker = connect(address, { maxRetriesPerRequest: null }, true);
  // The queue hears of errors through BullMQ; an emitter without a listener of its own would end the process.
  for (const client of [producer, worker]) client.on('error', () => undefined);
  try {
    // The client's own limit is for each step of the handshake, and it goes through them more than once.
    await within(timeoutMs, producer.connect());
    const masters = producer instanceof Cluster ? producer.nodes('master') : [producer];
    for (const master of masters) await within(timeoutMs, checkKeeping(master, use.volatile, use.log));
    if (use.installation !== undefined)
      await within(timeoutMs, claimQueue(producer, prefix, use.installation));
  } catch (error) {
    producer.disconnect();
    throw error;
  }
  return {
    description: `BullMQ on Redis (${placeOfRedis(address)})`,
    prefix,
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

/** How long and how often a client tries. */
interface Patience {
  readonly maxRetriesPerRequest: number | null;
  readonly connectTimeout?: number;
  readonly commandTimeout?: number;
}

function connect(address: RedisAddress, patience: Patience, waitsForServer: boolean): Redis | Cluster {
  const { kind, nodes, master, username, password, database: db, tls } = address;
  const each = {
    ...patience,
    lazyConnect: true,
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
  };
  // A cluster's commands wait for its nodes to be found.
  if (kind === 'cluster') {
    return new Cluster([...nodes], {
      lazyConnect: true,
      clusterRetryStrategy: retryStrategy,
      redisOptions: each,
    });
  }
  const single = { ...each, db, retryStrategy, enableOfflineQueue: waitsForServer };
  if (kind === 'sentinel') {
    return new Redis({ ...single, sentinels: [...nodes], name: master, enableTLSForSentinelMode: tls });
  }
  return new Redis({ ...single, ...nodes[0] });
}
