import type { Deadline } from '../core/conversation.ts';

/** What the sweeper looks for: work the store knows of and nobody is doing (law 6). */
export interface UndoneWork {
  /** Deadlines that are due before a moment, soonest first, each with the sequence of its conversation's newest commit. */
  deadlines(
    dueBefore: number,
    limit: number,
  ): Promise<{ conversation: string; deadline: Deadline; seq: number }[]>;
  /** Conversations whose bot owes an answer to a message stored before a moment. */
  turns(storedBefore: number, limit: number): Promise<string[]>;
  /** Conversations with effects that are due and whose last touch was before a moment. */
  effects(dueBefore: number, touchedBefore: number, limit: number): Promise<string[]>;
  /** Conversations with files that are still on their platform, are due, and whose last touch was before a moment. */
  files(dueBefore: number, touchedBefore: number, limit: number): Promise<string[]>;
}
