import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RelevoError } from '../core/errors.ts';

/**
 * Looks whether a Redis keeps what waits in it. The store is the truth, so a forgetful one costs time and no case: but
 * nobody should have one without knowing it.
 * @param accepted whether such a one is taken all the same; then it is only logged
 * @throws RelevoError `redis_forgets`
 */
export async function checkKeeping(redis: Redis, accepted: boolean, log: Logger): Promise<void> {
  let info: string;
  try {
    info = await redis.info();
  } catch (error) {
    log.warn({ err: error }, 'Redis does not let us ask whether it keeps its data');
    return;
  }
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const faults: string[] = [];
  if (field('aof_enabled') === '0') {
    faults.push('it keeps no append-only file and forgets what waits when it ends (set appendonly yes)');
  }
  const policy = field('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    faults.push(`it throws jobs away when its memory is full: ${policy} (set maxmemory-policy noeviction)`);
  }
  if (faults.length === 0) return;
  if (!accepted) {
    throw new RelevoError('redis_forgets', `Redis may lose what waits in it: ${faults.join('; ')}`, {
      hint: 'Change its settings, or accept it with REDIS_VOLATILE=accept: nothing is lost then either, but work may start late.',
    });
  }
  for (const fault of faults) log.warn(`Redis may lose what waits in it, as accepted: ${fault}`);
}

/**
 * Marks a queue as an installation's, or finds that it is: two on one queue would take each other's work.
 * @param prefix of the queue's keys
 * @throws RelevoError `queue_of_another`
 */
export async function claimQueue(
  redis: Pick<Redis, 'set' | 'get'>,
  prefix: string,
  installation: string,
): Promise<void> {
  const key = `${prefix}:installation`;
  await redis.set(key, installation, 'NX');
  const owner = await redis.get(key);
  if (owner === null || owner === installation) return;
  throw new RelevoError('queue_of_another', 'this Redis holds the queue of another installation', {
    hint: `Check REDIS_URL and the store's address; give each installation a database or a Redis of its own. Where the other one is gone for good: redis-cli DEL '${key}'.`,
  });
}
