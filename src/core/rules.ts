import type { Say } from './phrase.ts';

/** One rung of the support ladder. */
export interface Tier {
  /** 1 is the first people a customer meets; unique, and the ladder is climbed in this order. */
  readonly level: number;
  readonly name: string;
  /** How long a case may wait in this tier's queue, in milliseconds. */
  readonly acceptWithinMs: number;
  /** How long the tier has from the claim to the solution, in milliseconds; waiting for the customer does not count. */
  readonly solveWithinMs: number;
}

/** How long each thing may last, in milliseconds unless the name says otherwise. */
export interface Limits {
  /** A bot turn: after this, whoever should have taken it has crashed. */
  readonly turnMs: number;
  /** How often a crashed turn is tried before a person gets the case. */
  readonly turnAttempts: number;
  /** A conversation with the bot in which the customer has gone quiet is closed after this. */
  readonly idleMs: number;
  /** An agent who owes an answer and does nothing for this long loses the case. */
  readonly leaseMs: number;
  /** How long a customer has to confirm a solution before it is assumed. */
  readonly confirmMs: number;
  /** How long a customer has to rate. */
  readonly rateMs: number;
  /** A customer who owes an answer is reminded after this, each time. */
  readonly remindMs: number;
  /** How many reminders before the polite close. */
  readonly reminders: number;
  /** A message within this time after the close reopens the case; later it opens a new conversation. */
  readonly reopenMs: number;
}

/** Everything `decide` needs to know beside the conversation and the command. */
export interface Rules {
  /** In rising level; at least one. */
  readonly tiers: readonly [Tier, ...Tier[]];
  readonly limits: Limits;
  readonly say: Say;
}

/** The lowest tier. */
export function firstTier(rules: Rules): Tier {
  return rules.tiers[0];
}

/** The tier of a level; when it was taken out of the ladder, the next one above it, or else the top. */
export function tierAt(rules: Rules, level: number): Tier {
  return rules.tiers.find((tier) => tier.level >= level) ?? topTier(rules);
}

/** The next tier above a level, or undefined at the top. */
export function tierAbove(rules: Rules, level: number): Tier | undefined {
  return rules.tiers.find((tier) => tier.level > level);
}

function topTier(rules: Rules): Tier {
  return rules.tiers.at(-1) ?? rules.tiers[0];
}
