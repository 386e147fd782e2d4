import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { createListeners } from '../listeners.ts';
import type { Signals } from '../signals.ts';
import type { Database } from './database.ts';

/** What is published before the first look begins is seen too. */
const marginMs = 8;
const pollMs = 250;
const longestPauseMs = 5_000;
/** How far back each look goes: clocks of several computers may differ by this much. */
const windowMs = 10_000;
const keptMs = 60_000;
const remembered = 10_000;

/**
 * Hints through a collection that every process looks at a few times a second: change streams need a replica set. What
 * is older than a minute is removed by whoever publishes.
 */
export function createSignals(database: Database, log: Logger): Signals & { stop(): Promise<void> } {
  const { ask, signals, insert } = database;
  const self = randomUUID();
  const seen = new LRUCache<string, true>({ max: remembered });
  const begun = Date.now();
  let removedAt = begun;
  let polling: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let pauseMs = pollMs;
  let heard = false;
  let stopped = false;

  const listeners = createListeners(async (topics) => {
    const at = Date.now();
    await insert(signals, [{ _id: randomUUID(), from: self, at, topics: [...topics] }]);
    if (at - removedAt < keptMs) return;
    removedAt = at;
    await ask(() => signals.deleteMany({ at: { $lt: at - keptMs } }));
  }, log);

  async function look(): Promise<void> {
    const since = Math.max(begun - marginMs, Date.now() - windowMs);
    try {
      const found = await ask(() =>
        signals
          .find({ at: { $gte: since } })
          .sort({ at: 1 })
          .lean(),
      );
      if (pauseMs > pollMs) log.info('signals are heard again');
      pauseMs = pollMs;
      for (const { _id, from, topics } of found) {
        if (from === self || seen.has(_id)) continue;
        seen.set(_id, true);
        for (const topic of topics) listeners.tell(topic);
      }
    } catch (error) {
      if (pauseMs === pollMs) log.warn({ err: error }, 'signals of other processes are not heard');
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    }
  }

  function lookLater(): void {
    if (stopped || !heard || polling !== undefined) return;
    polling = setTimeout(() => {
      looking = look().finally(() => {
        polling = undefined;
        lookLater();
      });
    }, pauseMs);
  }

  return {
    prompt: false,
    publish: listeners.publish,
    subscribe(listener) {
      heard = true;
      lookLater();
      return listeners.subscribe(listener);
    },
    async stop() {
      stopped = true;
      clearTimeout(polling);
      await listeners.flush();
      await looking;
    },
  };
}
