import type { Language } from './language.ts';

/**
 * What became of a question that the bot did not settle, or not at once. Not answered: nothing was said to it. Disliked: what was said did
 * not help. Person: a person was asked for. Asked: the people of a tier were, by the bot or by an agent, and have answered. Second: the
 * first answer did not help, and a later one of the bot's did.
 */
export type MissedHow = 'unanswered' | 'disliked' | 'person' | 'asked' | 'second';

/** A question that the bot did not settle, without a word of it: what was asked and answered is in the log alone. */
export interface MissedMark {
  /** The conversation and the sequence in which it was asked, joined by a point: the same whenever it is read. */
  readonly name: string;
  /** When it was asked, in epoch milliseconds. */
  readonly at: number;
  readonly language: Language;
  /** The company whose customer asked; null: the only one. */
  readonly brand: string | null;
  readonly happened: MissedHow;
  /** How long agents held the case, without the time they waited for the customer. */
  readonly agentMs: number;
}

/** The questions of one conversation that the bot did not settle: folded from its log, and made anew from it at any time. */
export interface MissedConversation {
  readonly conversation: string;
  /** The newest commit in it. */
  readonly seq: number;
  /** Oldest first. */
  readonly marks: readonly MissedMark[];
}
