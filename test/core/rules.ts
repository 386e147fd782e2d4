import type { Limits, Rules, Tier } from '../../src/core/rules.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A ladder of three tiers with short, different deadlines. */
export const tiers: readonly [Tier, Tier, Tier] = [
  { level: 1, name: 'Level 1', acceptWithinMs: 5 * minute, solveWithinMs: 2 * hour },
  { level: 2, name: 'Level 2', acceptWithinMs: 15 * minute, solveWithinMs: 4 * hour },
  { level: 3, name: 'Level 3', acceptWithinMs: 30 * minute, solveWithinMs: 8 * hour },
];

/** Limits that tests can reckon with. */
export const limits: Limits = {
  turnMs: 30_000,
  turnAttempts: 2,
  idleMs: 24 * hour,
  leaseMs: 20 * minute,
  confirmMs: 24 * hour,
  rateMs: 2 * hour,
  remindMs: 12 * hour,
  reminders: 2,
  reopenMs: 7 * 24 * hour,
};

/** The rules with phrases that name themselves. */
export const rules: Rules = { tiers, limits, say: (language, key) => `${language}:${key}` };
