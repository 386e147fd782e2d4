import type { CallChecks } from './call-checks.ts';
import type { Media } from './message.ts';

/** Who takes part in a call. */
export type CallSide = 'agent' | 'customer';

/** Where somebody is: nowhere near, on the page before the call, or in it. */
export type CallPresence = 'away' | 'waiting' | 'in';

/** One person's way in: a one-time link. */
export interface CallLink {
  readonly who: CallSide;
  /** Names the invitation behind the link. It opens nothing. */
  readonly invitation: string;
  readonly url: string;
}

/** What happens to a call if nobody does anything, and when. */
export interface CallRing {
  /**
   * `day` and `soon`: the customer is reminded. `missed`: somebody has not come. `empty`: both have left. `over`: nobody
   * ever said that it ended.
   */
  readonly what: 'day' | 'soon' | 'missed' | 'empty' | 'over';
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A video call as a stage of a claimed case. Times are epoch milliseconds. */
export interface Call {
  /** Of the commit that began it: unique among all calls, and the same however often it is moved. */
  readonly id: string;
  readonly phase: 'requested' | 'scheduled' | 'invited' | 'waiting' | 'live';
  /** Who wished it first. */
  readonly by: 'customer' | 'bot' | 'agent';
  readonly requestedAt: number;
  /** Since when the case waits for it; null while it is only wished. */
  readonly since: number | null;
  /** When it begins; for a call at once, when the links went out; null while it is only wished. */
  readonly startsAt: number | null;
  /** Whether its time was agreed on before; otherwise it is, or was, for at once. */
  readonly scheduled: boolean;
  /** IANA, as the customer was told its time; null while it is only wished. */
  readonly timeZone: string | null;
  /** How often its time was set: what calendars call its sequence, plus one. */
  readonly settings: number;
  readonly room: string | null;
  readonly links: readonly CallLink[];
  /** Whether the customer has it as a file for their calendar. */
  readonly calendar: boolean;
  /** The moment that the customer chose and that is still to be booked; null: none. */
  readonly chosen: number | null;
  readonly agent: CallPresence;
  readonly customer: CallPresence;
  /** What the waiting page found of the customer's device. */
  readonly checks: CallChecks | null;
  readonly liveAt: number | null;
  /** When the last one left, while nobody is in it. */
  readonly emptyAt: number | null;
  /** Null while it is only wished. */
  readonly ring: CallRing | null;
  /** By when the agent answers what the customer wrote meanwhile; null: nothing is owed. */
  readonly answerBy: number | null;
}

/** A call that the case waits for. */
export type PendingCall = Call & {
  readonly since: number;
  readonly startsAt: number;
  readonly ring: CallRing;
};

/** How a call ended: it took place, somebody called it off, somebody did not come, or the case went to other hands first. */
export type CallOutcome = 'held' | 'cancelled' | 'declined' | 'missed' | 'handed-on';

/** A call that is over. */
export interface EndedCall {
  readonly id: string;
  readonly outcome: CallOutcome;
  readonly at: number;
  /** From live to ended, in milliseconds; 0 where it was not held. */
  readonly heldMs: number;
  readonly summary: string | null;
  readonly advice: string | null;
}

/** What the agent has to say after a call, for the customer; either may be empty. */
export interface CallReport {
  readonly summary: string;
  /** Recommendations, tips for maintenance. */
  readonly advice: string;
}

/** A call that is agreed on: what was made for it outside the core. */
export interface CallSetting {
  /** When it begins; null: now. */
  readonly startsAt: number | null;
  /** As `newRoom` draws them. */
  readonly room: string;
  readonly links: readonly CallLink[];
  /** IANA: what the customer is told times in. */
  readonly timeZone: string;
  /** An appointment as a file, where the channel takes one; else the waiting page has it. */
  readonly calendar?: Media;
}

/** Somebody is reminded so long before a call. */
export const dayBeforeMs = 24 * 60 * 60_000;

/** The links open so long before a call begins, and everybody is told. */
export const soonMs = 10 * 60_000;

/** Whoever has not come so long after the beginning is not waited for any longer. */
export const noShowMs = 10 * 60_000;

/** A call that both have left is over after this: connections break. */
export const emptyMs = 5 * 60_000;

/** A call of which nobody says that it ended has ended after this. */
export const longestCallMs = 4 * 60 * 60_000;

/** The call that a case waits for, if it does. */
export function pendingCall(call: Call | null): PendingCall | null {
  return call !== null && call.since !== null && call.startsAt !== null && call.ring !== null
    ? { ...call, since: call.since, startsAt: call.startsAt, ring: call.ring }
    : null;
}

/** What is next before a call that begins at a moment. @param now epoch milliseconds */
export function ringBefore(startsAt: number, now: number): CallRing {
  if (startsAt - dayBeforeMs > now) return { what: 'day', at: startsAt - dayBeforeMs };
  if (startsAt - soonMs > now) return { what: 'soon', at: startsAt - soonMs };
  return { what: 'missed', at: Math.max(startsAt, now) + noShowMs };
}

/** What is next once somebody is in a call, or has left it. */
export function ringDuring(call: PendingCall, now: number): CallRing {
  const { agent, customer, liveAt, startsAt } = call;
  if (liveAt === null) {
    if (agent === 'in' && customer === 'in') return { what: 'over', at: now + longestCallMs };
    return { what: 'missed', at: Math.max(startsAt, call.since) + noShowMs };
  }
  if (agent === 'in' || customer === 'in') return { what: 'over', at: liveAt + longestCallMs };
  return { what: 'empty', at: now + emptyMs };
}

/** Minutes that a call counts for in a customer's plan: every minute that was begun. */
export function countedMinutes(heldMs: number): number {
  return Math.ceil(heldMs / 60_000);
}
