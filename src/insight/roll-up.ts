import type { Outcome } from '../core/conversation.ts';
import {
  type CaseFact,
  type DayFigures,
  type DeadlineCount,
  durableMs,
  type Figures,
} from '../core/figures.ts';
import { addSpreads, spreadOf } from './spread.ts';

/** The hour of the day, 0 to 23, in the installation's time zone. */
export type HourOf = (at: number) => number;

/**
 * The figures of the conversations that began on one day. Pure.
 * @param now decides which closes have lasted long enough, in epoch milliseconds
 */
export function rollUp(day: string, facts: readonly CaseFact[], hourOf: HourOf, now: number): DayFigures {
  const cells = new Map<string, CaseFact[]>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.brand, fact.channel]);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [fact]);
    else cell.push(fact);
  }
  const fresh = facts.flatMap(({ closedAt }) =>
    closedAt !== null && closedAt + durableMs > now ? [closedAt] : [],
  );
  return {
    day,
    cells: [...cells.values()].map((cell) => figuresOf(cell, hourOf, now)),
    dueAt: fresh.length === 0 ? null : fresh.reduce((a, b) => Math.min(a, b)) + durableMs,
  };
}

/** Nothing yet. */
export function noFigures(brand: string | null, channel: string): Figures {
  return {
    brand,
    channel,
    conversations: 0,
    byHour: Array.from({ length: 24 }, () => 0),
    wrote: { customer: 0, bot: 0, agent: 0 },
    firstAnswer: {},
    firstHuman: {},
    handedOver: 0,
    handOvers: {},
    deadlines: [],
    promises: { judged: 0, held: 0 },
    ends: { bot: { ...noEnds }, person: { ...noEnds } },
    durable: { bot: 0, person: 0 },
    tooFresh: 0,
    open: 0,
    reopened: { once: 0, often: 0 },
    stars: [0, 0, 0, 0, 0],
  };
}

const noEnds: Readonly<Record<Outcome['how'], number>> = { confirmed: 0, assumed: 0, abandoned: 0 };

/** Both together, under the first one's brand and channel. */
export function addFigures(one: Figures, other: Figures): Figures {
  return {
    brand: one.brand,
    channel: one.channel,
    conversations: one.conversations + other.conversations,
    byHour: one.byHour.map((count, hour) => count + (other.byHour[hour] ?? 0)),
    wrote: addCounts(one.wrote, other.wrote),
    firstAnswer: addSpreads(one.firstAnswer, other.firstAnswer),
    firstHuman: addSpreads(one.firstHuman, other.firstHuman),
    handedOver: one.handedOver + other.handedOver,
    handOvers: addCounts(one.handOvers, other.handOvers),
    deadlines: addDeadlines([...one.deadlines, ...other.deadlines]),
    promises: addCounts(one.promises, other.promises),
    ends: {
      bot: addCounts(one.ends.bot, other.ends.bot),
      person: addCounts(one.ends.person, other.ends.person),
    },
    durable: addCounts(one.durable, other.durable),
    tooFresh: one.tooFresh + other.tooFresh,
    open: one.open + other.open,
    reopened: addCounts(one.reopened, other.reopened),
    stars: one.stars.map((count, index) => count + (other.stars[index] ?? 0)),
  };
}

function figuresOf(facts: readonly CaseFact[], hourOf: HourOf, now: number): Figures {
  const first = facts[0];
  const sum = facts.reduce(
    (figures, fact) => addFigures(figures, figuresOfOne(fact, hourOf, now)),
    noFigures(first?.brand ?? null, first?.channel ?? ''),
  );
  return {
    ...sum,
    firstAnswer: spreadOf(known(facts.map(({ firstAnswerMs }) => firstAnswerMs))),
    firstHuman: spreadOf(known(facts.map(({ firstHumanMs }) => firstHumanMs))),
  };
}

/** All but the spreads, which are cheaper made of all at once. */
function figuresOfOne(fact: CaseFact, hourOf: HourOf, now: number): Figures {
  const none = noFigures(fact.brand, fact.channel);
  const { outcome, closedAt, reopenings, stars } = fact;
  const lasting = closedAt !== null && closedAt + durableMs <= now;
  const ends = { bot: { ...none.ends.bot }, person: { ...none.ends.person } };
  const durable = { ...none.durable };
  if (outcome !== null) {
    ends[outcome.by][outcome.how] = 1;
    if (lasting && outcome.how !== 'abandoned') durable[outcome.by] = 1;
  }
  const hour = hourOf(fact.startedAt);
  const handOvers: Record<string, number> = {};
  for (const reason of fact.handOvers) handOvers[reason] = (handOvers[reason] ?? 0) + 1;
  return {
    ...none,
    conversations: 1,
    byHour: none.byHour.map((_, index) => (index === hour ? 1 : 0)),
    wrote: fact.wrote,
    handedOver: fact.handOvers.length > 0 ? 1 : 0,
    handOvers,
    deadlines: fact.deadlines,
    promises: fact.promises,
    ends,
    durable,
    tooFresh: closedAt !== null && !lasting ? 1 : 0,
    open: closedAt === null ? 1 : 0,
    reopened: { once: reopenings === 1 ? 1 : 0, often: reopenings > 1 ? 1 : 0 },
    stars: none.stars.map((_, index) => (stars === index + 1 ? 1 : 0)),
  };
}

function known(durations: readonly (number | null)[]): number[] {
  return durations.filter((ms) => ms !== null);
}

function addCounts<T extends Readonly<Record<string, number>>>(one: T, other: T): T {
  const sum: Record<string, number> = { ...one };
  for (const [key, count] of Object.entries(other)) sum[key] = (sum[key] ?? 0) + count;
  return sum as T;
}

function addDeadlines(counts: readonly DeadlineCount[]): DeadlineCount[] {
  const sums = new Map<string, DeadlineCount>();
  for (const one of counts) {
    const key = `${one.tier}/${one.deadline}`;
    const sum = sums.get(key);
    sums.set(key, {
      ...one,
      kept: one.kept + (sum?.kept ?? 0),
      missed: one.missed + (sum?.missed ?? 0),
    });
  }
  return [...sums.values()].sort((a, b) => a.tier - b.tier || a.deadline.localeCompare(b.deadline));
}
