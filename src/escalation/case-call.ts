import type { Call, CallOutcome, CallPresence } from '../core/call.ts';
import { countedMinutes } from '../core/call.ts';
import type { CallChecks } from '../core/call-checks.ts';
import type { Agent, Conversation } from '../core/conversation.ts';
import type { Rules } from '../core/rules.ts';

/** A call as lists and heads of cases show it. Times are epoch milliseconds. */
export interface CallView {
  readonly phase: Call['phase'];
  /** Who wished it first. */
  readonly by: Call['by'];
  /** Null while it is only wished. */
  readonly startsAt: number | null;
  readonly agent: CallPresence;
  readonly customer: CallPresence;
  readonly liveAt: number | null;
}

/** What is known beside it, for who holds the case. */
export interface CallWork {
  /** The asking agent's own way in; null where there is none, or the case is another's. */
  readonly link: string | null;
  /** The time that the customer chose and that is being booked. */
  readonly chosen: number | null;
  /** IANA: in which the customer was told its time. */
  readonly timeZone: string | null;
  /** What the waiting page found of the customer's device. */
  readonly checks: CallChecks | null;
  /** The newest call that is over; `minutes`: those begun. */
  readonly last: {
    readonly outcome: CallOutcome;
    readonly at: number;
    readonly minutes: number;
    readonly reported: boolean;
  } | null;
}

/** A case's call in a line; null: nobody wishes one. Pure. */
export function callViewOf({ stage, callWish }: Conversation): CallView | null {
  const call = stage.kind === 'claimed' ? stage.call : null;
  if (call !== null) {
    const { phase, by, startsAt, agent, customer, liveAt } = call;
    return { phase, by, startsAt, agent, customer, liveAt };
  }
  if (callWish === null) return null;
  return {
    phase: 'requested',
    by: callWish.by,
    startsAt: null,
    agent: 'away',
    customer: 'away',
    liveAt: null,
  };
}

/** What an agent sees of a case's call. Pure. */
export function callWorkOf({ stage, lastCall }: Conversation, agent: Agent): CallWork {
  const call = stage.kind === 'claimed' ? stage.call : null;
  const mine = stage.kind === 'claimed' && stage.agent.id === agent.id;
  const open = call !== null && call.phase !== 'scheduled';
  return {
    link: mine && open ? (call.links.find(({ who }) => who === 'agent')?.url ?? null) : null,
    chosen: call?.chosen ?? null,
    timeZone: call?.timeZone ?? null,
    checks: call?.checks ?? null,
    last: lastCall && {
      outcome: lastCall.outcome,
      at: lastCall.at,
      minutes: countedMinutes(lastCall.heldMs),
      reported: lastCall.summary !== null,
    },
  };
}

/** What an agent may do about a call now. Pure; the core decides again when it is done. */
export function callAbilitiesOf({ stage, lastCall }: Conversation, agent: Agent, rules: Rules) {
  const mine = stage.kind === 'claimed' && stage.agent.id === agent.id;
  const call = stage.kind === 'claimed' ? stage.call : null;
  const live = call?.liveAt != null;
  return {
    video: mine && rules.video === true,
    cancelCall: mine && call !== null && !live,
    endCall: mine && (live || (lastCall?.outcome === 'held' && lastCall.summary === null)),
  };
}
