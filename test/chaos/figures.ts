import type { Plan } from './plan.ts';
import type { Outcome } from './run.ts';

/** What of an outcome must be nothing, by the words in which it is printed. */
export function faultsOf({ verdict }: Outcome): Readonly<Record<string, readonly string[]>> {
  return {
    lost: verdict.lost,
    'stored twice': verdict.storedTwice,
    'visible duplicates': verdict.visibleDuplicates,
    'out of order': verdict.outOfOrder,
    'sent twice without a word': verdict.unlisted,
    unfinished: verdict.unfinished,
  };
}

/** The outcome as lines, one a figure; after a fault its first cases. Pure. */
export function printed(plan: Plan, outcome: Outcome): string[] {
  const { verdict, ends, seconds, refused } = outcome;
  const faults = Object.entries(faultsOf(outcome)).flatMap(([what, cases]) => [
    `${what} ${cases.length}`,
    ...cases.slice(0, 10).map((one) => `  ${one}`),
  ]);
  return [
    `engines ${plan.pair}; ${plan.webs} web and ${plan.workers} worker processes; effects held for ${plan.leaseMs / 1_000} s`,
    `messages ${verdict.messages}`,
    `answers that reached customers ${verdict.answers}`,
    ...faults,
    `unknown outcomes shown to people ${verdict.listed}`,
    `workers killed ${ends.killed}, killed at named points ${ends.atPoints}, held up ${ends.frozen}`,
    `late writes refused ${refused}`,
    `seconds ${seconds}`,
  ];
}
