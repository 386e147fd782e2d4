import { z } from 'zod';
import type { Clock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import type { Cursors } from '../store/cursors.ts';
import { overlap, type Span } from './calls-times.ts';

const bookings = z.array(z.object({ conversation: z.string(), from: z.number(), until: z.number() }));

/** What somebody has booked: at most one call for each case. */
export interface CallBookings {
  /** What else than a case's own call somebody has booked, in order. */
  besides(agent: string, conversation: string): Promise<readonly Span[]>;
  /**
   * Books a call, in place of what was booked for the case before. Of two at the same moment one is booked.
   * @param force whether it is booked beside what is there already: the agent is in it now
   * @returns false when the agent has something else at that time
   */
  book(agent: string, conversation: string, span: Span, force?: boolean): Promise<boolean>;
  /** Nothing is booked for a case any longer. */
  release(agent: string, conversation: string): Promise<void>;
}

/** After so many others were quicker, something is wrong with the store. */
const maxTries = 50;

/** Keeps what agents have booked, one place for each agent: two processes never give one time away twice. */
export function createCallBookings(deps: {
  readonly cursors: Pick<Cursors, 'get' | 'replace'>;
  readonly clock: Clock;
}): CallBookings {
  const { cursors, clock } = deps;
  const keyOf = (agent: string) => `calls/booked/${agent}`;

  async function read(agent: string) {
    const kept = await cursors.get(keyOf(agent));
    const all = kept === null ? [] : bookings.parse(JSON.parse(kept));
    return { kept, booked: all.filter(({ until }) => until > clock.now()) };
  }

  type Booked = z.output<typeof bookings>;

  /** @param change null: it cannot be changed like that */
  async function change(agent: string, change: (booked: Booked) => Booked | null): Promise<boolean> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const { kept, booked } = await read(agent);
      const next = change(booked);
      if (next === null) return false;
      const text = JSON.stringify(next);
      if (text === kept || (await cursors.replace(keyOf(agent), kept, text))) return true;
    }
    throw new RelevoError('bookings_contested', "an agent's bookings changed again and again meanwhile");
  }

  return {
    async besides(agent, conversation) {
      const { booked } = await read(agent);
      return booked.filter((one) => one.conversation !== conversation);
    },
    book(agent, conversation, { from, until }, force = false) {
      return change(agent, (booked) => {
        const others = booked.filter((one) => one.conversation !== conversation);
        if (!force && others.some((one) => overlap(one, { from, until }))) return null;
        return [...others, { conversation, from, until }].sort((a, b) => a.from - b.from);
      });
    },
    async release(agent, conversation) {
      await change(agent, (booked) => booked.filter((one) => one.conversation !== conversation));
    },
  };
}
