import type { Cursors } from './cursors.ts';

/** Which process does what only one of an installation may do. */
export interface Leases {
  /**
   * Takes a lease, or holds on to it. Moments are epoch milliseconds.
   * @param holder names this process, another one at each start
   * @returns the hold's number, higher with each new holder; null while somebody else holds it
   */
  take(name: string, holder: string, now: number, until: number): Promise<number | null>;
  /** Ends it at once. Harmless when it is somebody else's. */
  leave(name: string, holder: string): Promise<void>;
}

/** What stands in the store of one lease. */
interface Held {
  readonly holder: string;
  /** Epoch milliseconds; 0: let go. */
  readonly until: number;
  readonly fence: number;
}

/** Leases as cursors that are only ever replaced: of two who want the same one, one wins. The same for every engine. */
export function createLeases(cursors: Pick<Cursors, 'get' | 'replace'>): Leases {
  const read = async (name: string): Promise<{ text: string | null; held: Held | null }> => {
    const text = await cursors.get(cursorOf(name));
    return { text, held: text === null ? null : (JSON.parse(text) as Held) };
  };
  const write = (name: string, before: string | null, held: Held): Promise<boolean> =>
    cursors.replace(cursorOf(name), before, JSON.stringify(held));

  return {
    async take(name, holder, now, until) {
      for (;;) {
        const { text, held } = await read(name);
        const mine = held?.holder === holder;
        if (held !== null && !mine && held.until > now) return null;
        const fence = (held?.fence ?? 0) + (mine ? 0 : 1);
        if (await write(name, text, { holder, until, fence })) return fence;
        // Somebody wrote meanwhile: another process, or this one's claim before.
      }
    },
    async leave(name, holder) {
      const { text, held } = await read(name);
      if (held?.holder === holder) await write(name, text, { ...held, until: 0 });
    },
  };
}

function cursorOf(name: string): string {
  return `lease/${name}`;
}
