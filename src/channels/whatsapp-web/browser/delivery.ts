import { LRUCache } from 'lru-cache';
import type { WebEvent } from '../protocol.ts';

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

/** Tells what customers did, in the order of each chat, until it is stored. */
export interface Delivery {
  /**
   * @param id of the event: told once
   * @param complete adds what takes its time, such as a file
   * @returns whether it was news
   */
  tell(id: string, chat: string, complete: () => Promise<WebEvent>): boolean;
  /** What could not be read. */
  tellUnreadable(reason: string, raw: string): void;
  /** Whoever keeps us says what became of one. */
  stored(n: number, ok: boolean): void;
  /** Resolves once nothing is on its way. */
  idle(): Promise<void>;
}

/** Makes it. @param post hands one over, for which `stored` must come */
export function createDelivery(
  post: (
    message:
      | { is: 'event'; n: number; event: unknown }
      | { is: 'unreadable'; n: number; reason: string; raw: string },
  ) => void,
): Delivery {
  const told = new LRUCache<string, true>({ max: 50_000 });
  const lanes = new Map<string, Promise<void>>();
  const waiting = new Map<number, (ok: boolean) => void>();
  let last = 0;

  async function untilStored(say: (n: number) => void): Promise<void> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
      last += 1;
      const n = last;
      const ok = await new Promise<boolean>((resolve) => {
        waiting.set(n, resolve);
        say(n);
      });
      waiting.delete(n);
      if (ok) return;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  function inLane(lane: string, work: () => Promise<void>): void {
    const done = (lanes.get(lane) ?? Promise.resolve()).then(work);
    lanes.set(lane, done);
    void done.finally(() => lanes.get(lane) === done && lanes.delete(lane));
  }

  return {
    tell(id, chat, complete) {
      if (told.has(id)) return false;
      told.set(id, true);
      inLane(chat, async () => {
        const event = await complete();
        await untilStored((n) => post({ is: 'event', n, event }));
      });
      return true;
    },
    tellUnreadable(reason, raw) {
      inLane('unreadable', () => untilStored((n) => post({ is: 'unreadable', n, reason, raw })));
    },
    stored: (n, ok) => waiting.get(n)?.(ok),
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes.values());
    },
  };
}
