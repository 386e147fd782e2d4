import type { Outcome } from './conversation.ts';
import type { HandOverReason } from './event.ts';
import type { Language } from './language.ts';

/** How often a tier's deadline of one kind was kept and missed. */
export interface DeadlineCount {
  readonly tier: number;
  readonly deadline: 'accept' | 'solve';
  readonly kept: number;
  readonly missed: number;
}

/** A range that a customer in the queue was told. */
export interface ToldRange {
  readonly at: number;
  readonly tier: number;
  readonly lowMs: number;
  readonly highMs: number;
}

/** What reports know of one conversation: folded from its log, and made anew from it at any time. Times are epoch milliseconds. */
export interface CaseFact {
  readonly conversation: string;
  /** The newest commit in it. */
  readonly seq: number;
  readonly brand: string | null;
  readonly channel: string;
  readonly language: Language;
  readonly startedAt: number;
  /** Messages by who wrote them. */
  readonly wrote: { readonly customer: number; readonly bot: number; readonly agent: number };
  /** From the customer's first message to the first words of the bot or an agent; null: nobody answered yet. */
  readonly firstAnswerMs: number | null;
  /** Why the conversation left the bot, each time. */
  readonly handOvers: readonly HandOverReason[];
  readonly firstHandOverAt: number | null;
  /** From the first hand-over to an agent's first words to the customer; null: none yet. */
  readonly firstHumanMs: number | null;
  readonly deadlines: readonly DeadlineCount[];
  /** Ranges told, and those that held, of cases that somebody came for. */
  readonly promises: { readonly judged: number; readonly held: number };
  readonly outcome: Outcome | null;
  /** Null while it is open. */
  readonly closedAt: number | null;
  readonly reopenings: number;
  readonly stars: number | null;
  /** Where the fold is: what of the past the next events are judged by. */
  readonly now: {
    readonly tier: number | null;
    readonly queued: boolean;
    /** Deadlines of this stay in the tier that were missed already. */
    readonly missed: readonly DeadlineCount['deadline'][];
    readonly told: readonly ToldRange[];
  };
}

/** Durations, counted in steps of two percent: sums of these can be added up, and any share of them read off. */
export type Spread = Readonly<Record<string, number>>;

/** What became of conversations, for one brand and channel, of those that began on one day. */
export interface Figures {
  readonly brand: string | null;
  readonly channel: string;
  readonly conversations: number;
  /** Conversations begun in each hour of the day, from midnight: 24 numbers. */
  readonly byHour: readonly number[];
  readonly wrote: CaseFact['wrote'];
  readonly firstAnswer: Spread;
  readonly firstHuman: Spread;
  readonly handedOver: number;
  readonly handOvers: Readonly<Partial<Record<HandOverReason, number>>>;
  readonly deadlines: readonly DeadlineCount[];
  readonly promises: CaseFact['promises'];
  /** How closed ones ended, by who had them. Never to be added up: a confirmed end is a fact, an assumed one a guess. */
  readonly ends: Readonly<Record<Outcome['by'], Readonly<Record<Outcome['how'], number>>>>;
  /** Confirmed or assumed, and still closed `durableMs` after the close. */
  readonly durable: Readonly<Record<Outcome['by'], number>>;
  /** Closed too lately for that. */
  readonly tooFresh: number;
  readonly open: number;
  readonly reopened: { readonly once: number; readonly often: number };
  /** How often 1, 2, 3, 4 and 5 stars were given. */
  readonly stars: readonly number[];
}

/** The figures of all conversations that began on one day of the installation's time zone. */
export interface DayFigures {
  /** `2026-11-22`. */
  readonly day: string;
  readonly cells: readonly Figures[];
  /** When they change though nothing happens, because a close has lasted long enough; null: never. */
  readonly dueAt: number | null;
}

/** A solution that is still closed after this long is durable. */
export const durableMs = 7 * 24 * 60 * 60_000;
