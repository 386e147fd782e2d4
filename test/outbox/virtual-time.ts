import TinyQueue from 'tinyqueue';
import type { Clock } from '../../src/core/clock.ts';

/** Time that passes only when nothing is left to do at a moment. */
export interface VirtualTime {
  readonly clock: Clock;
  after(delayMs: number, run: () => unknown): void;
  sleep(delayMs: number): Promise<void>;
  /** Runs everything there is to come, in order. */
  run(): Promise<void>;
}

/** @param start epoch milliseconds */
export function createVirtualTime(start: number): VirtualTime {
  const timers = new TinyQueue<{ at: number; order: number; run: () => unknown }>(
    [],
    (a, b) => a.at - b.at || a.order - b.order,
  );
  let now = start;
  let order = 0;
  const time: VirtualTime = {
    clock: { now: () => now },
    after(delayMs, run) {
      order += 1;
      timers.push({ at: now + Math.max(0, delayMs), order, run });
    },
    sleep: (delayMs) => new Promise((resolve) => time.after(delayMs, () => resolve())),
    async run() {
      for (let next = timers.pop(); next !== undefined; next = timers.pop()) {
        now = Math.max(now, next.at);
        next.run();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
  return time;
}
