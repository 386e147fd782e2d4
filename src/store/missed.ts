import type { MissedConversation } from '../core/missed.ts';
import type { LogCursor } from './conversation-log.ts';

/** How far the log is in what was missed. */
export interface MissedPlace {
  /** Null: not at all. */
  readonly place: LogCursor | null;
  /** Rises with every save: who saves names the one that they began from. */
  readonly revision: number;
  /** Rises whenever something was saved beside the place. */
  readonly changes: number;
}

/** The questions that the bot did not settle, by conversation: a read model of the log. */
export interface Missed {
  place(): Promise<MissedPlace>;
  /** Those of these conversations, in any order. */
  of(conversations: readonly string[]): Promise<MissedConversation[]>;
  /**
   * Keeps what was missed, each unless a newer one is there, and moves the place. Several may try at once: one does.
   * @param revision as `place` gave it
   * @returns false when somebody saved meanwhile: the place is theirs, and what was to be kept is found again from there
   */
  save(found: readonly MissedConversation[], place: LogCursor, revision: number): Promise<boolean>;
  /** Conversations with a question asked at a moment (epoch milliseconds) or later, that with the newest one first. */
  since(from: number, limit: number): Promise<MissedConversation[]>;
  /** Forgets all of it and the place: it is made anew from the log. */
  forget(): Promise<void>;
}

/** When the newest question of a conversation was asked; null: none was missed. Pure. */
export function newestMissed({ marks }: MissedConversation): number | null {
  return marks.length === 0 ? null : Math.max(...marks.map(({ at }) => at));
}
