import type { Stage } from '../core/conversation.ts';
import type { Snapshot } from './conversation-log.ts';

/** Which cases a list shows. */
export interface CaseFilter {
  readonly stages: readonly Stage['kind'][];
  readonly tier?: number;
  /** Only cases held by this agent. */
  readonly agent?: string;
  /** Only cases of these companies; absent: of all, and of none. */
  readonly brands?: readonly string[];
  readonly limit: number;
}

/** How many cases of a tier wait for the agent who holds them. */
export interface HeldCases {
  /** The agent's id. */
  readonly agent: string;
  readonly tier: number;
  readonly count: number;
}

/** Of the cases that agents hold, how many wait for whom. */
export interface Moves {
  readonly agent: number;
  readonly customer: number;
  readonly vendor: number;
}

/** The lists people work from: read models, rebuildable from the log. */
export interface Cases {
  /** Cases that people have or had: open ones by next deadline, soonest first, then closed ones, newest first. */
  list(filter: CaseFilter): Promise<Snapshot[]>;
  /** How many cases people have open, by stage (`queued`, `claimed`, `solved`) and tier. @param brands as in `CaseFilter` */
  counts(brands?: readonly string[]): Promise<{ stage: Stage['kind']; tier: number; count: number }[]>;
  /** How many solved cases wait for the customer to say that they are, by tier: not those that only wait for a rating. @param brands as in `CaseFilter` */
  unconfirmed(brands?: readonly string[]): Promise<{ tier: number; count: number }[]>;
  /** Whose move it is in the cases that agents hold. @param brands as in `CaseFilter` */
  moves(brands?: readonly string[]): Promise<Moves>;
  /** How many open conversations the bot has. @param brands as in `CaseFilter` */
  withBot(brands?: readonly string[]): Promise<number>;
  /** How many of the cases that each agent holds wait for them, and not for the customer or the vendor, by tier. */
  held(): Promise<HeldCases[]>;
  /** Conversations with questions to tiers that nobody has answered, the one that was asked first to be first. @param brands as in `CaseFilter` */
  withQuestions(limit: number, brands?: readonly string[]): Promise<Snapshot[]>;
  /** By its number; null when there is none. */
  findNumber(number: number): Promise<Snapshot | null>;
}
