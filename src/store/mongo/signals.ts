import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Signals } from '../signals.ts';
import type { Database } from './database.ts';

const gatherMs = 8;
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
  const listeners = new Set<(topic: string) => void>();
  const seen = new LRUCache<string, true>({ max: remembered });
  const waiting = new Set<string>();
  const begun = Date.now();
  let removedAt = begun;
  let gathering: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let polling: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let pauseMs = pollMs;
  let stopped = false;

  function tell(topic: string): void {
    for (const listener of [...listeners]) {
      try {
        listener(topic);
      } catch (error) {
        log.error({ err: error }, 'a listener to signals failed');
      }
    }
  }

  async function send(): Promise<void> {
    gathering = undefined;
    const topics = [...waiting];
    waiting.clear();
    try {
      const at = Date.now();
      await insert(signals, [{ _id: randomUUID(), from: self, at, topics }]);
      if (at - removedAt < keptMs) return;
      removedAt = at;
      await ask(() => signals.deleteMany({ at: { $lt: at - keptMs } }));
    } catch (error) {
      log.warn({ err: error, topics: topics.length }, 'signals were lost: screens in other processes lag');
    }
  }

  async function look(): Promise<void> {
    const since = Math.max(begun - gatherMs, Date.now() - windowMs);
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
        for (const topic of topics) tell(topic);
      }
    } catch (error) {
      if (pauseMs === pollMs) log.warn({ err: error }, 'signals of other processes are not heard');
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    }
  }

  function lookLater(): void {
    if (stopped || listeners.size === 0 || polling !== undefined) return;
    polling = setTimeout(() => {
      looking = look().finally(() => {
        polling = undefined;
        lookLater();
      });
    }, pauseMs);
  }

  return {
    publish(topic) {
      tell(topic);
      waiting.add(topic);
      gathering ??= setTimeout(() => {
        sending = send();
      }, gatherMs);
    },
    subscribe(listener) {
      // Its own function each time: subscribing the same listener twice makes two subscriptions.
      const own = (topic: string) => listener(topic);
      listeners.add(own);
      lookLater();
      return () => listeners.delete(own);
    },
    async stop() {
      stopped = true;
      clearTimeout(polling);
      if (gathering !== undefined) {
        clearTimeout(gathering);
        await send();
      }
      await sending;
      await looking;
    },
  };
}
