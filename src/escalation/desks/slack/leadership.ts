import type { Clock } from '../../../core/clock.ts';
import type { Cursors } from '../../../store/store.ts';

const name = 'slack-desk/leader';

/** How long a process leads unless it says so again. */
export const leadMs = 30_000;

/**
 * Which of several processes writes the cards: two would post each card twice. Whoever leads says so again in time;
 * when it falls silent another one takes over.
 */
export function createLeadership(cursors: Cursors, clock: Clock, self: string) {
  let until = 0;

  return {
    /** Whether this process leads now. */
    leads: (): boolean => clock.now() < until,
    /** Leads on, or begins to where nobody does. @returns whether this process leads @throws what the store throws */
    async claim(): Promise<boolean> {
      const now = clock.now();
      const before = await cursors.get(name);
      const [holder, heldUntil] = before === null ? ['', '0'] : before.split(' ');
      if (holder !== self && Number(heldUntil) > now) {
        until = 0;
        return false;
      }
      const mine = now + leadMs;
      const won = await cursors.replace(name, before, `${self} ${mine}`);
      // Ends a little earlier here than for the others.
      until = won ? mine - leadMs / 10 : 0;
      return won;
    },
    /** Lets another process lead at once. */
    async leave(): Promise<void> {
      until = 0;
      const before = await cursors.get(name);
      if (before?.startsWith(`${self} `)) await cursors.replace(name, before, `${self} 0`);
    },
  };
}

/** Which process writes the cards. */
export type Leadership = ReturnType<typeof createLeadership>;
