import TinyQueue from 'tinyqueue';
import type { Clock } from '../core/clock.ts';

/** Virtual time and what is to happen in it. */
export interface World {
  readonly clock: Clock;
  /** Something happens after a while; what it waits for runs on in the same moment. */
  after(delayMs: number, happen: () => Promise<void> | void): void;
  /** Lets everything happen up to a moment, epoch milliseconds. */
  runUntil(end: number): Promise<void>;
}

/** Things this close together happen side by side, in milliseconds: that is where writers meet. */
const togetherMs = 20;

/** A world that begins at a moment, epoch milliseconds. */
export function createWorld(start: number): World {
  const events = new TinyQueue<{ at: number; order: number; happen: () => Promise<void> | void }>(
    [],
    (a, b) => a.at - b.at || a.order - b.order,
  );
  let now = start;
  let order = 0;

  return {
    clock: { now: () => now },
    after(delayMs, happen) {
      order += 1;
      events.push({ at: now + Math.max(0, Math.round(delayMs)), order, happen });
    },
    async runUntil(end) {
      for (let next = events.peek(); next !== undefined && next.at <= end; next = events.peek()) {
        now = Math.max(now, next.at);
        const together = [];
        while ((events.peek()?.at ?? Number.POSITIVE_INFINITY) <= next.at + togetherMs) {
          const event = events.pop();
          if (event !== undefined) together.push(event);
        }
        await Promise.all(together.map(async ({ happen }) => await happen()));
      }
      now = Math.max(now, end);
    },
  };
}
