import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';

/** Wrong links from one address before it has to wait: people cut links when they copy them. */
const freeMisses = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;
/** An address that is quiet for this long begins anew. */
const forgetMs = 60 * 60_000;

/** Slows down whoever guesses links: each wrong one doubles the wait, up to a quarter of an hour. */
export interface GuessLock {
  /** @returns 0, or for how many milliseconds the address has to wait */
  waitMs(address: string): number;
  /** Notes a wrong link. @returns the wait that follows, in milliseconds */
  missed(address: string): number;
}

/** The memory is bounded; a lock of one process, which is enough against guessing one of 2^128. */
export function createGuessLock({ clock }: { clock: Clock }): GuessLock {
  const misses = new LRUCache<string, { count: number; last: number; until: number }>({ max: 50_000 });
  return {
    waitMs: (address) => Math.max(0, (misses.get(address)?.until ?? 0) - clock.now()),
    missed(address) {
      const now = clock.now();
      const known = misses.get(address);
      const count = known === undefined || known.last + forgetMs <= now ? 1 : known.count + 1;
      const doubled = firstWaitMs * 2 ** Math.min(count - freeMisses - 1, 30);
      const waitMs = count <= freeMisses ? 0 : Math.min(doubled, longestWaitMs);
      misses.set(address, { count, last: now, until: now + waitMs });
      return waitMs;
    },
  };
}
