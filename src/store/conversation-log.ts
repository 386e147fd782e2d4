import type { Conversation } from '../core/conversation.ts';
import type { Commit } from '../core/event.ts';
import type { Address } from '../core/message.ts';

/** A conversation as it stands and the sequence of its newest commit. */
export interface Snapshot {
  readonly state: Conversation;
  readonly seq: number;
}

/** A place in an address's history: everything up to and including this commit has been seen. */
export interface HistoryCursor {
  readonly ordinal: number;
  readonly seq: number;
}

/** A place in the logs of all conversations, by time: those at the same moment by conversation and sequence. */
export type LogCursor = Pick<Commit, 'at' | 'conversation' | 'seq'>;

/** The logs of all conversations: the truth (law 2). */
export interface ConversationLog {
  /** A conversation as it stands, its read model brought up to its log; null when there is none. */
  load(conversation: string): Promise<Snapshot | null>;
  /** An address's newest conversation; null when it has none. */
  newest(address: Address): Promise<Snapshot | null>;
  /** The number for a conversation about to start: rising, never given twice; gaps are fine. */
  nextNumber(): Promise<number>;
  /**
   * Stores a commit in one atomic insert, with the read models that follow from it.
   * @param after the conversation after the commit
   * @returns `stored`; `conflict` when the sequence is taken (reload and decide again); `repeated` when the key is known
   */
  append(commit: Commit, after: Conversation): Promise<'stored' | 'conflict' | 'repeated'>;
  /** Which conversation a key was stored in; null when it is unknown. */
  findKey(key: string): Promise<{ conversation: string; seq: number } | null>;
  /** Commits in order. @param afterSeq 0 for all */
  commits(conversation: string, afterSeq: number, limit: number): Promise<Commit[]>;
  /** Commits of all conversations of an address, oldest first, after a place (null: from the beginning). */
  history(
    address: Address,
    after: HistoryCursor | null,
    limit: number,
  ): Promise<{ ordinal: number; commit: Commit }[]>;
  /** The last commits of an address, oldest first: what a page shows when it opens. */
  recent(address: Address, limit: number): Promise<{ ordinal: number; commit: Commit }[]>;
  /**
   * Commits of all conversations by their time, for reports: after a place and before a moment (`until`, epoch
   * milliseconds). Reading them costs those who write nothing; ask again from the last one until none comes.
   */
  since(after: LogCursor, until: number, limit: number): Promise<Commit[]>;
}
