import { isOrderly, type Plan } from './plan.ts';
import type { Outcome } from './run.ts';

/** How much longer the others may wait beside poison, as a share. */
export const poisonGoal = 0.2;

/** What of an outcome must be nothing, by the words in which it is printed. Pure. */
export function faultsOf(
  plan: Plan,
  { verdict, poison, exitCodes, crashes, refused }: Outcome,
): Readonly<Record<string, readonly string[]>> {
  return {
    lost: verdict.lost,
    'stored twice': verdict.storedTwice,
    'visible duplicates': verdict.visibleDuplicates,
    'out of order': verdict.outOfOrder,
    'sent twice without a word': verdict.unlisted,
    unfinished: verdict.unfinished,
    'processes that ended by themselves': crashes,
    ...(plan.poisonPercent === 0 ? {} : { 'poison that nobody sees': poison.hidden }),
    ...(plan.freezes > 0 && refused === 0 ? { 'late writes that nobody refused': ['none was seen'] } : {}),
    ...(isOrderly(plan) && plan.rollingRestarts > 0
      ? { 'unknown outcomes of an orderly restart': Array.from({ length: verdict.listed }, () => 'a send') }
      : {}),
    ...(isOrderly(plan)
      ? { 'processes that did not end in order': exitCodes.filter((code) => code !== 0).map(String) }
      : {}),
  };
}

/** How much longer customers waited for an answer than in another run, as a share; null where nothing was seen. Pure. */
export function longerBy({ p95Ms }: Outcome, without: Outcome): number | null {
  return p95Ms === null || without.p95Ms === null ? null : p95Ms / without.p95Ms - 1;
}

/** The outcome as lines, one a figure; after a fault its first cases. Pure. @param without the same without poison */
export function printed(plan: Plan, outcome: Outcome, without: Outcome | null = null): string[] {
  const { verdict, ends, seconds, secondsWriting, refused, poison, p50Ms, p95Ms } = outcome;
  const faults = Object.entries(faultsOf(plan, outcome)).flatMap(([what, cases]) => [
    `${what} ${cases.length}`,
    ...cases.slice(0, 10).map((one) => `  ${one}`),
  ]);
  const longer = without === null ? null : longerBy(outcome, without);
  return [
    `engines ${plan.pair}; ${plan.webs} web and ${plan.workers} worker processes; effects held for ${plan.leaseMs / 1_000} s`,
    `messages ${verdict.messages}`,
    `answers that reached customers ${verdict.answers}, of people ${verdict.byPeople}`,
    ...faults,
    `unknown outcomes shown to people ${verdict.listed}`,
    ...(plan.poisonPercent === 0
      ? []
      : [
          `poison in quarantine ${poison.quarantined}, given to people ${poison.givenToPeople}, sends refused and shown ${poison.refusedSends}`,
        ]),
    `workers killed ${ends.killed}, killed at named points ${ends.atPoints}, held up ${ends.frozen}`,
    `late writes refused ${refused}`,
    `answered after p50 ${p50Ms ?? '–'} ms, p95 ${p95Ms ?? '–'} ms`,
    ...(without === null || longer === null
      ? []
      : [
          `others' p95 ${longer < 0 ? '' : '+'}${(longer * 100).toFixed(1)} % (without poison ${without.p95Ms} ms)`,
        ]),
    `seconds ${seconds} (all acknowledged after ${secondsWriting})`,
  ];
}

/** The outcome as data, without what the processes said. Pure. */
export function asData(plan: Plan, outcome: Outcome, without: Outcome | null = null): object {
  const { output: _, ...rest } = outcome;
  return { plan, ...rest, ...(without === null ? {} : { withoutPoisonP95Ms: without.p95Ms }) };
}
