import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';

/** Counts tries per key, so that nobody can guess for long. */
export interface Attempts {
  /** Counts one try before it is made. @returns 0, or the milliseconds to wait when there have been too many */
  take(key: string): number;
  /** Takes a try back: it was a good one. */
  giveBack(key: string): void;
}

/** @param max tries per key in each window; the memory for keys is bounded */
export function createAttempts(deps: { clock: Clock; max: number; windowMs: number }): Attempts {
  const { clock, max, windowMs } = deps;
  const counts = new LRUCache<string, { count: number; until: number }>({ max: 50_000 });
  return {
    take(key) {
      const now = clock.now();
      const known = counts.get(key);
      if (known === undefined || known.until <= now) {
        counts.set(key, { count: 1, until: now + windowMs });
        return 0;
      }
      if (known.count >= max) return known.until - now;
      known.count += 1;
      return 0;
    },
    giveBack(key) {
      const known = counts.get(key);
      if (known !== undefined) known.count = Math.max(0, known.count - 1);
    },
  };
}
