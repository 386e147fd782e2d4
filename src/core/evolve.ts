import { pendingCall } from './call.ts';
import type { ClaimedStage, Conversation, Pending, QueuedStage, Stage } from './conversation.ts';
import { maxPending, maxShown } from './conversation.ts';
import type { Commit, Event } from './event.ts';
import { evolveCall, wished } from './evolve-call.ts';
import { evolveQuestion } from './evolve-question.ts';
import type { Content } from './message.ts';

const maxSubjectLength = 160;

/**
 * The conversation after one more event. Pure: the same log always folds to the same state.
 * @param state null before the first event, which must be `started`
 * @param event what happened
 * @param commit the commit it happened in: its conversation, sequence and time
 * @throws Error when a log does not begin with `started` or an event cannot follow the stage: a corrupted log
 */
export function evolve(
  state: Conversation | null,
  event: Event,
  commit: Pick<Commit, 'conversation' | 'seq' | 'at'>,
): Conversation {
  if (event.type === 'started') {
    return {
      id: commit.conversation,
      ordinal: event.ordinal,
      number: event.number,
      address: event.address,
      reach: event.address,
      language: event.language,
      brand: event.brand ?? null,
      plan: null,
      customerName: null,
      startedAt: commit.at,
      lastWrote: null,
      stage: { kind: 'bot', turn: null, idleAt: event.idleAt, asking: null },
      pending: [],
      memory: null,
      subject: null,
      intake: null,
      shown: [],
      lastTier: null,
      lastAgent: null,
      logbook: null,
      assessment: null,
      vendor: null,
      reopenings: 0,
      stars: null,
      callWish: null,
      lastCall: null,
      followUpDays: null,
      timeZone: null,
      questions: [],
      asked: 0,
      botAsked: null,
    };
  }
  if (state === null) throw new Error(`log of ${commit.conversation} begins with ${event.type}`);

  switch (event.type) {
    case 'customer-wrote': {
      const { externalId, content } = event;
      const wrote = {
        ...state,
        customerName: event.customerName ?? state.customerName,
        subject: state.subject ?? shortened(event.subject ?? '') ?? subjectOf(content),
        lastWrote: { externalId, at: commit.at },
        reach: event.via ?? state.address,
        timeZone: event.timeZone ?? state.timeZone,
        stage: state.stage.kind === 'claimed' ? { ...state.stage, options: [] } : state.stage,
      };
      if (state.stage.kind !== 'bot' || event.answered) return wrote;
      const added = { seq: commit.seq, at: commit.at, externalId, content };
      return { ...wrote, pending: [...state.pending, added].slice(-maxPending) };
    }
    case 'customer-edited': {
      if (!state.pending.some(({ externalId }) => externalId === event.of)) return state;
      const edited = state.pending.map((message) =>
        message.externalId === event.of ? { ...message, content: event.content } : message,
      );
      return { ...state, pending: renewed(edited, commit.seq) };
    }
    case 'customer-deleted': {
      const pending = state.pending.filter(({ externalId }) => externalId !== event.of);
      if (pending.length === state.pending.length) return state;
      const { stage } = state;
      const left: Stage = stage.kind === 'bot' && pending.length === 0 ? { ...stage, turn: null } : stage;
      return { ...state, stage: left, pending: renewed(pending, commit.seq) };
    }
    case 'customer-reacted':
    case 'bystander-wrote':
      return state;
    case 'turn-due': {
      const newest = state.pending.at(-1);
      if (newest === undefined) throw impossible(state, event);
      const turn = { throughSeq: newest.seq, attempt: event.attempt, dueAt: event.dueAt };
      return { ...state, stage: { ...only(state, event, 'bot'), turn } };
    }
    case 'bot-took-turn': {
      const stage = only(state, event, 'bot');
      return {
        ...state,
        stage: { ...stage, turn: null, idleAt: event.idleAt },
        pending: state.pending.filter((message) => message.seq > event.throughSeq),
        language: event.language,
        memory: event.memory,
        intake: event.intake ?? state.intake,
      };
    }
    case 'said': {
      if (event.from !== 'bot') return { ...state, stage: afterWords(state.stage, event) };
      return { ...state, shown: [...state.shown, ...event.sources].slice(-maxShown) };
    }
    case 'handed-over':
      only(state, event, 'bot');
      return enqueue(state, event.tier, commit.at, event.acceptBy, { solveBy: null, letGoBy: [] });
    case 'escalated': {
      const stage = oneOf(state, event);
      const holder = stage.kind === 'claimed' ? [stage.agent.id] : [];
      const giver = typeof event.by === 'string' ? [] : [event.by.id];
      const letGoBy = [...new Set([...stage.letGoBy, ...holder, ...giver])];
      const after = { ...state, logbook: event.logbook ?? state.logbook };
      return enqueue(after, event.tier, commit.at, event.acceptBy, { solveBy: null, letGoBy });
    }
    case 'waiting-offered':
      return { ...state, stage: { ...only(state, event, 'queued'), choice: event.choice } };
    case 'callback-wished': {
      const { at, words, acceptBy } = event;
      const stage = only(state, event, 'queued');
      return { ...state, stage: { ...stage, callback: { at, words }, acceptBy, choice: null } };
    }
    case 'left-queue':
      only(state, event, 'queued');
      return withBot(state, event.idleAt);
    case 'wait-told':
      return { ...state, stage: { ...only(state, event, 'queued'), told: event.told } };
    case 'claimed': {
      const stage = only(state, event, 'queued');
      const { callWish } = state;
      return {
        ...state,
        lastAgent: event.agent,
        callWish: null,
        stage: {
          kind: 'claimed',
          tier: stage.tier,
          agent: event.agent,
          leaseUntil: event.leaseUntil,
          solveBy: event.solveBy,
          waiting: null,
          vendor: null,
          call: callWish && { ...wished(callWish.by, commit), requestedAt: callWish.at },
          options: [],
          alarms: stage.alarms,
          letGoBy: stage.letGoBy,
        },
      };
    }
    case 'lease-extended': {
      const { leaseUntil } = event;
      const stage = only(state, event, 'claimed');
      const call = pendingCall(stage.call) && stage.call && { ...stage.call, answerBy: leaseUntil };
      return { ...state, stage: { ...stage, leaseUntil, call: call ?? stage.call } };
    }
    case 'assessed': {
      const { agent, tier, assessment } = event;
      return { ...state, assessment: { ...assessment, agent, tier } };
    }
    case 'vendor-awaited': {
      const { vendor } = event;
      const stage = only(state, event, 'claimed');
      return {
        ...state,
        vendor: { reference: vendor.reference, answered: false },
        stage: { ...stage, waiting: null, vendor },
      };
    }
    case 'vendor-answered': {
      const { leaseUntil, solveBy } = event;
      const stage = only(state, event, 'claimed');
      const vendor = state.vendor === null ? null : { ...state.vendor, answered: true };
      return { ...state, vendor, stage: { ...stage, vendor: null, leaseUntil, solveBy } };
    }
    case 'question-asked':
    case 'question-answered':
    case 'question-expired':
      return evolveQuestion(state, event, commit.at);
    case 'call-requested':
    case 'call-times-wanted':
    case 'call-times-offered':
    case 'call-time-chosen':
    case 'call-scheduled':
    case 'call-invited':
    case 'call-reminded':
    case 'call-waiting':
    case 'call-entered':
    case 'call-left':
    case 'call-ended':
    case 'call-refused':
    case 'call-counted':
    case 'call-reported':
      return evolveCall(state, event, commit);
    case 'customer-awaited':
      return { ...state, stage: { ...only(state, event, 'claimed'), waiting: event.waiting } };
    case 'customer-answered': {
      const stage = only(state, event, 'claimed');
      return {
        ...state,
        stage: { ...stage, waiting: null, leaseUntil: event.leaseUntil, solveBy: event.solveBy },
      };
    }
    case 'lease-expired': {
      const stage = only(state, event, 'claimed');
      const letGoBy = [...new Set([...stage.letGoBy, event.agent.id])];
      const solveBy = event.solveBy ?? stage.solveBy;
      return enqueue(state, stage.tier, commit.at, event.acceptBy, { solveBy, letGoBy });
    }
    case 'deadline-missed': {
      const stage = oneOf(state, event);
      const moved: Stage =
        stage.kind === 'claimed'
          ? { ...stage, solveBy: event.next, alarms: stage.alarms + 1 }
          : event.deadline === 'accept'
            ? { ...stage, acceptBy: event.next, alarms: stage.alarms + 1 }
            : { ...stage, solveBy: event.next, alarms: stage.alarms + 1 };
      return { ...state, stage: moved };
    }
    case 'plan-set':
      return { ...state, plan: event.plan };
    case 'noted':
    case 'joined':
    case 'parted':
      return state;
    case 'returned-to-bot':
      only(state, event, 'claimed');
      return withBot(state, event.idleAt);
    case 'solved': {
      const stage = only(state, event, 'claimed');
      return {
        ...state,
        logbook: event.logbook,
        stars: null,
        followUpDays: event.followUpDays ?? state.followUpDays,
        stage: {
          kind: 'solved',
          tier: stage.tier,
          agent: event.agent,
          step: 'confirm',
          until: event.until,
          confirmed: false,
          letGoBy: stage.letGoBy,
        },
      };
    }
    case 'solution-confirmed':
      return {
        ...state,
        stage: { ...only(state, event, 'solved'), step: 'rate', until: event.until, confirmed: true },
      };
    case 'follow-up-set': {
      const { at, confirmed } = event;
      return { ...state, stage: { ...only(state, event, 'solved'), step: 'later', until: at, confirmed } };
    }
    case 'follow-up-asked': {
      const stage = only(state, event, 'solved');
      return { ...state, followUpDays: null, stage: { ...stage, step: 'followed', until: event.until } };
    }
    case 'solution-refused': {
      const stage = only(state, event, 'solved');
      return {
        ...state,
        stage: {
          kind: 'claimed',
          tier: stage.tier,
          agent: stage.agent,
          leaseUntil: event.leaseUntil,
          solveBy: event.solveBy,
          waiting: null,
          vendor: null,
          call: null,
          options: [],
          alarms: 0,
          letGoBy: stage.letGoBy ?? [],
        },
      };
    }
    case 'rated':
      return { ...state, stars: event.stars };
    case 'closed':
      return {
        ...state,
        stage: { kind: 'closed', at: commit.at, outcome: event.outcome },
        pending: [],
        questions: [],
        botAsked: null,
      };
    case 'reopened':
      only(state, event, 'closed');
      if (event.to === 'bot') {
        return { ...state, stage: { kind: 'bot', turn: null, idleAt: event.idleAt, asking: null } };
      }
      return enqueue(
        {
          ...state,
          assessment: null,
          callWish: null,
          lastCall: null,
          followUpDays: null,
          reopenings: state.reopenings + 1,
        },
        event.tier,
        commit.at,
        event.acceptBy,
        {
          solveBy: null,
          letGoBy: [],
        },
      );
  }
}

/** The conversation after one more commit. */
export function evolveCommit(
  state: Conversation | null,
  commit: Pick<Commit, 'conversation' | 'seq' | 'at' | 'events'>,
): Conversation | null {
  return commit.events.reduce<Conversation | null>((before, event) => evolve(before, event, commit), state);
}

function enqueue(
  state: Conversation,
  tier: number,
  at: number,
  acceptBy: number,
  more: Pick<QueuedStage, 'solveBy' | 'letGoBy'>,
): Conversation {
  const untold = { choice: null, callback: null, told: null };
  const stage: QueuedStage = { kind: 'queued', tier, since: at, acceptBy, alarms: 0, ...untold, ...more };
  return { ...state, stage, pending: [], lastTier: tier };
}

/** The bot again, with a fresh memory. */
function withBot(state: Conversation, idleAt: number): Conversation {
  const stage: Stage = { kind: 'bot', turn: null, idleAt, asking: null };
  return { ...state, stage, pending: [], memory: null, botAsked: null };
}

/** What an agent's words settle, and what the customer can answer them with. */
function afterWords(stage: Stage, said: Extract<Event, { type: 'said' }>): Stage {
  if (stage.kind !== 'claimed') return stage;
  const options = said.options.map(({ id }) => id);
  const { call } = stage;
  const answered = said.from === 'agent' && call !== null ? { ...call, answerBy: null } : call;
  return { ...stage, call: answered, options };
}

function only<K extends Stage['kind']>(
  state: Conversation,
  event: Event,
  kind: K,
): Extract<Stage, { kind: K }> {
  const stage: Stage = state.stage;
  if (stage.kind !== kind) throw impossible(state, event);
  return stage as Extract<Stage, { kind: K }>;
}

function oneOf(state: Conversation, event: Event): QueuedStage | ClaimedStage {
  if (state.stage.kind === 'queued' || state.stage.kind === 'claimed') return state.stage;
  throw impossible(state, event);
}

function impossible(state: Conversation, event: Event): Error {
  return new Error(`${event.type} cannot happen to conversation ${state.id} while it is ${state.stage.kind}`);
}

/** The whole turn is due anew: what the bot was making of the old words no longer counts. */
function renewed(pending: readonly Pending[], seq: number): Pending[] {
  return pending.map((message) => ({ ...message, seq }));
}

function subjectOf(content: Content): string | null {
  if (content.kind === 'text') return shortened(content.text);
  return content.kind === 'media' ? shortened(content.caption ?? '') : null;
}

function shortened(text: string): string | null {
  const line = text.replace(/\s+/gu, ' ').trim();
  const points = Array.from(line);
  return points.length > maxSubjectLength
    ? `${points.slice(0, maxSubjectLength - 1).join('')}…`
    : line || null;
}
