import type { Call, EndedCall } from './call.ts';
import type { CallEvent } from './call-event.ts';
import type { ClaimedStage, Conversation } from './conversation.ts';
import type { Commit } from './event.ts';

/**
 * The conversation after something happened to its call. Pure.
 * @throws Error when there is no call that it could have happened to: a corrupted log
 */
export function evolveCall(
  state: Conversation,
  event: CallEvent,
  commit: Pick<Commit, 'conversation' | 'seq' | 'at'>,
): Conversation {
  const { stage } = state;
  switch (event.type) {
    case 'call-requested': {
      if (stage.kind !== 'claimed') {
        return { ...state, callWish: state.callWish ?? { by: event.by, at: commit.at } };
      }
      return withCall(state, stage, stage.call ?? wished(event.by, commit));
    }
    case 'call-refused':
      return stage.kind === 'claimed' && stage.call?.since === null
        ? { ...state, callWish: null, stage: { ...stage, call: null } }
        : { ...state, callWish: null };
    case 'call-counted':
      return state;
    case 'call-reported': {
      const { summary, advice, followUpDays } = event;
      const lastCall = state.lastCall && { ...state.lastCall, summary, advice };
      return { ...state, lastCall, followUpDays: followUpDays ?? state.followUpDays };
    }
    case 'call-ended':
      return ended(state, event);
    default:
  }
  if (stage.kind !== 'claimed') throw new Error(`${event.type} in ${state.id} while it is ${stage.kind}`);
  switch (event.type) {
    case 'call-times-wanted':
      return withCall(state, stage, stage.call ?? wished('customer', commit));
    case 'call-times-offered':
      return withCall(state, stage, { ...(stage.call ?? wished('agent', commit)), chosen: null });
    case 'call-time-chosen':
      return withCall(state, stage, { ...(stage.call ?? wished('customer', commit)), chosen: event.at });
    case 'call-scheduled':
    case 'call-invited':
      return withCall(state, stage, set(stage, event, commit));
    default: {
      const { call } = stage;
      if (call === null) throw new Error(`${event.type} in ${state.id}, which has no call`);
      return withCall(state, stage, seen(call, event, commit.at));
    }
  }
}

function withCall(state: Conversation, stage: ClaimedStage, call: Call): Conversation {
  // Who waits for a call waits for nothing else of the customer.
  return { ...state, stage: { ...stage, call, waiting: call.since === null ? stage.waiting : null } };
}

/** A call that somebody wishes, and nothing else is known of. */
export function wished(by: Call['by'], commit: Pick<Commit, 'conversation' | 'seq' | 'at'>): Call {
  return {
    id: `${commit.conversation}.${commit.seq}`,
    phase: 'requested',
    by,
    requestedAt: commit.at,
    since: null,
    startsAt: null,
    scheduled: false,
    timeZone: null,
    settings: 0,
    room: null,
    links: [],
    calendar: false,
    chosen: null,
    agent: 'away',
    customer: 'away',
    checks: null,
    liveAt: null,
    emptyAt: null,
    ring: null,
    answerBy: null,
  };
}

function set(
  stage: ClaimedStage,
  event: Extract<CallEvent, { type: 'call-scheduled' | 'call-invited' }>,
  commit: Pick<Commit, 'conversation' | 'seq' | 'at'>,
): Call {
  const before = stage.call ?? wished('agent', commit);
  const { startsAt, timeZone, room, links, ring } = event;
  const again = event.type === 'call-invited' && before.liveAt !== null;
  return {
    ...before,
    phase: event.type === 'call-scheduled' ? 'scheduled' : again ? 'live' : 'invited',
    since: before.since ?? stage.waiting?.since ?? commit.at,
    settings: again ? before.settings : before.settings + 1,
    chosen: null,
    startsAt: again ? before.startsAt : startsAt,
    scheduled: again ? before.scheduled : startsAt > commit.at,
    timeZone,
    room,
    links,
    calendar: before.calendar || event.calendar !== undefined,
    ring,
  };
}

function seen(
  call: Call,
  event: Extract<CallEvent, { type: 'call-reminded' | 'call-waiting' | 'call-entered' | 'call-left' }>,
  at: number,
): Call {
  switch (event.type) {
    case 'call-reminded':
      return { ...call, phase: event.what === 'soon' ? 'invited' : call.phase, ring: event.ring };
    case 'call-waiting': {
      const there = { [event.who]: call[event.who] === 'in' ? 'in' : 'waiting' } as const;
      return {
        ...call,
        ...there,
        checks: event.checks ?? call.checks,
        phase: call.phase === 'invited' ? 'waiting' : call.phase,
      };
    }
    case 'call-entered': {
      const now = { ...call, [event.who]: 'in', emptyAt: null, ring: event.ring } as const;
      const both = now.agent === 'in' && now.customer === 'in';
      if (now.liveAt !== null || both) return { ...now, phase: 'live', liveAt: now.liveAt ?? at };
      return { ...now, phase: 'waiting' };
    }
    case 'call-left': {
      const now = { ...call, [event.who]: 'away', ring: event.ring } as const;
      const empty = now.liveAt !== null && now.agent !== 'in' && now.customer !== 'in';
      return { ...now, emptyAt: empty ? (now.emptyAt ?? at) : null };
    }
  }
}

function ended(state: Conversation, event: Extract<CallEvent, { type: 'call-ended' }>): Conversation {
  const { call, outcome, endedAt, leaseUntil, solveBy } = event;
  const heldMs = outcome === 'held' && call.liveAt !== null ? Math.max(0, endedAt - call.liveAt) : 0;
  const lastCall: EndedCall = { id: call.id, outcome, at: endedAt, heldMs, summary: null, advice: null };
  const goesOn = outcome === 'handed-on' || event.missing === 'agent';
  const callWish = goesOn ? { by: call.by, at: call.requestedAt } : null;
  const { stage } = state;
  if (stage.kind !== 'claimed') return { ...state, lastCall, callWish };
  return {
    ...state,
    lastCall,
    callWish,
    stage: {
      ...stage,
      call: null,
      leaseUntil: leaseUntil ?? stage.leaseUntil,
      solveBy: solveBy ?? stage.solveBy,
    },
  };
}
