import type { Commit, Event } from '../core/event.ts';
import type { CaseFact, DeadlineCount, ToldRange } from '../core/figures.ts';

/** Milliseconds of a tier's working hours between two moments: what a range told to a customer is counted in. */
export type HoursBetween = (who: Pick<CaseFact, 'brand'>, tier: number, from: number, to: number) => number;

/**
 * Adds a commit to what is known of its conversation. Pure; commits come in order.
 * @param fact null for a conversation's first commit
 * @returns the same fact for a commit that is in it already
 */
export function addCommit(fact: CaseFact | null, commit: Commit, hoursBetween: HoursBetween): CaseFact {
  if (fact !== null && commit.seq <= fact.seq) return fact;
  let next = fact ?? begin(commit);
  for (const event of commit.events) next = addEvent(next, event, commit.at, hoursBetween);
  return { ...next, seq: commit.seq };
}

function begin({ conversation, at }: Commit): CaseFact {
  return {
    conversation,
    seq: 0,
    brand: null,
    channel: '',
    language: 'es',
    startedAt: at,
    wrote: { customer: 0, bot: 0, agent: 0 },
    firstAnswerMs: null,
    handOvers: [],
    firstHandOverAt: null,
    firstHumanMs: null,
    deadlines: [],
    promises: { judged: 0, held: 0 },
    outcome: null,
    closedAt: null,
    reopenings: 0,
    stars: null,
    now: { tier: null, queued: false, missed: [], told: [] },
  };
}

function addEvent(fact: CaseFact, event: Event, at: number, hoursBetween: HoursBetween): CaseFact {
  const { now } = fact;
  switch (event.type) {
    case 'started':
      return {
        ...fact,
        brand: event.brand ?? null,
        channel: event.address.channel,
        language: event.language,
      };
    case 'customer-wrote':
      return { ...fact, wrote: { ...fact.wrote, customer: fact.wrote.customer + 1 } };
    case 'bot-took-turn':
      return { ...fact, language: event.language };
    case 'said':
      return event.from === 'system' ? fact : said(fact, event.from, at);
    case 'handed-over':
      return {
        ...enter(fact, event.tier),
        handOvers: [...fact.handOvers, event.reason],
        firstHandOverAt: fact.firstHandOverAt ?? at,
      };
    case 'escalated': {
      const missed =
        event.by === 'accept-deadline' ? 'accept' : event.by === 'solve-deadline' ? 'solve' : null;
      return enter(missed === null ? fact : miss(fact, event.from, missed), event.tier);
    }
    case 'deadline-missed':
      return miss(fact, event.tier, event.deadline);
    case 'claimed':
      return claim(fact, at, hoursBetween);
    case 'lease-expired':
      return { ...fact, now: { ...now, queued: true, told: [] } };
    case 'wait-told': {
      const { range } = event.told;
      if (range === null || now.tier === null) return fact;
      return { ...fact, now: { ...now, told: [...now.told, { at, tier: now.tier, ...range }] } };
    }
    case 'callback-wished':
      return { ...fact, now: { ...now, told: [] } };
    case 'left-queue':
    case 'returned-to-bot':
      return { ...fact, now: { ...now, queued: false, told: [] } };
    case 'solved':
      return now.tier === null || now.missed.includes('solve')
        ? fact
        : count(fact, now.tier, 'solve', 'kept');
    case 'rated':
      return { ...fact, stars: event.stars };
    case 'closed':
      return { ...fact, outcome: event.outcome, closedAt: at, now: { ...now, queued: false, told: [] } };
    case 'reopened': {
      const open = { ...fact, outcome: null, closedAt: null, reopenings: fact.reopenings + 1 };
      return event.to === 'tier' ? enter(open, event.tier) : open;
    }
    default:
      return fact;
  }
}

function said(fact: CaseFact, from: 'bot' | 'agent', at: number): CaseFact {
  const humanMs = from === 'agent' && fact.firstHandOverAt !== null ? at - fact.firstHandOverAt : null;
  return {
    ...fact,
    wrote: { ...fact.wrote, [from]: fact.wrote[from] + 1 },
    firstAnswerMs: fact.firstAnswerMs ?? at - fact.startedAt,
    firstHumanMs: fact.firstHumanMs ?? humanMs,
  };
}

function enter(fact: CaseFact, tier: number): CaseFact {
  return { ...fact, now: { tier, queued: true, missed: [], told: [] } };
}

function claim(fact: CaseFact, at: number, hoursBetween: HoursBetween): CaseFact {
  const { now } = fact;
  if (now.tier === null || !now.queued) return fact;
  const kept = now.missed.includes('accept') ? fact : count(fact, now.tier, 'accept', 'kept');
  const held = now.told.filter((told) => holds(fact, told, at, hoursBetween)).length;
  return {
    ...kept,
    promises: { judged: fact.promises.judged + now.told.length, held: fact.promises.held + held },
    now: { ...now, queued: false, told: [] },
  };
}

function holds(fact: CaseFact, told: ToldRange, at: number, hoursBetween: HoursBetween): boolean {
  const waitedMs = hoursBetween(fact, told.tier, told.at, at);
  return waitedMs >= told.lowMs && waitedMs <= told.highMs;
}

/** A deadline that rings again and again is missed once. */
function miss(fact: CaseFact, tier: number, deadline: DeadlineCount['deadline']): CaseFact {
  if (fact.now.missed.includes(deadline)) return fact;
  const counted = count(fact, tier, deadline, 'missed');
  return { ...counted, now: { ...fact.now, missed: [...fact.now.missed, deadline] } };
}

function count(
  fact: CaseFact,
  tier: number,
  deadline: DeadlineCount['deadline'],
  which: 'kept' | 'missed',
): CaseFact {
  const found = fact.deadlines.find((one) => one.tier === tier && one.deadline === deadline);
  const old = found ?? { tier, deadline, kept: 0, missed: 0 };
  const others = fact.deadlines.filter((one) => one !== found);
  return { ...fact, deadlines: [...others, { ...old, [which]: old[which] + 1 }] };
}
