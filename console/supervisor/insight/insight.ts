import type { WordId } from '../words.ts';

/** One figure, beside that of the period before. */
export interface Figure {
  readonly id: string;
  /** A tier's level or a reason, where there are several of the figure. */
  readonly of: string | null;
  readonly unit: 'count' | 'share' | 'milliseconds' | 'stars';
  readonly value: number | null;
  /** How many it is taken from. */
  readonly from: number;
  readonly before: { readonly value: number | null; readonly from: number } | null;
}

/** What became of the conversations that began in a period. */
export interface InsightReport {
  readonly from: string;
  readonly to: string;
  readonly figures: readonly Figure[];
  /** 24 numbers, from midnight. */
  readonly byHour: readonly number[];
  readonly byDay: readonly { readonly day: string; readonly conversations: number }[];
  readonly byChannel: readonly { readonly channel: string; readonly conversations: number }[];
  /** How often 1 to 5 stars were given. */
  readonly stars: readonly number[];
}

/** Figures that are shown together. */
export interface Group {
  readonly title: WordId;
  /** What tells the figures' ids, in the order in which they are shown. */
  readonly ids: readonly string[];
}

/** Resolutions of three kinds stand side by side and are nowhere added up: only the first is a fact. */
export const groups: readonly Group[] = [
  { title: 'insight.volume', ids: ['conversations', 'messages.customer', 'open', 'tooFresh'] },
  { title: 'insight.byBot', ids: ['bot.confirmed', 'bot.assumed', 'bot.durable', 'bot.abandoned'] },
  {
    title: 'insight.byPeople',
    ids: ['person.confirmed', 'person.assumed', 'person.durable', 'person.abandoned'],
  },
  {
    title: 'insight.speed',
    ids: ['firstAnswer.median', 'firstAnswer.p90', 'firstHuman.median', 'firstHuman.p90'],
  },
  { title: 'insight.handOvers', ids: ['handedOver', 'handOver'] },
  { title: 'insight.promises', ids: ['deadline.accept', 'deadline.solve', 'promise.held'] },
  { title: 'insight.opinion', ids: ['stars.mean', 'reopened.once', 'reopened.often'] },
];
