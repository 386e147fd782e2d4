import { describe, expect, test } from 'vitest';
import { mongoMissing } from '../mongo-server.ts';
import { redisMissing } from '../redis-server.ts';
import { faultsOf } from './figures.ts';
import { type Pair, quickPlan } from './plan.ts';
import { type Outcome, runChaos } from './run.ts';

const missing: Readonly<Record<Pair, string | undefined>> = {
  postgres: undefined,
  'postgres+redis': redisMissing,
  'mongo+redis': redisMissing ?? mongoMissing,
};

/** The faults that there are, and what the processes said where there are some. */
function found(plan: typeof quickPlan, outcome: Outcome): object {
  const faults = Object.entries(faultsOf(plan, outcome)).filter(([, cases]) => cases.length > 0);
  return faults.length === 0 ? {} : { ...Object.fromEntries(faults), output: outcome.output.slice(-10_000) };
}

for (const [pair, why] of Object.entries(missing) as [Pair, string | undefined][]) {
  const name = `chaos on ${pair}${why === undefined ? '' : `, left out: ${why}`}`;
  describe.skipIf(why !== undefined)(name, () => {
    test('workers and engines are killed while customers write, and nothing is lost, repeated or turned round', async () => {
      const plan = { ...quickPlan, pair };
      const outcome = await runChaos(plan);
      expect(found(plan, outcome)).toEqual({});
      expect(outcome.verdict.messages).toBeGreaterThanOrEqual(plan.messages);
      expect(outcome.verdict.answers).toBeGreaterThan(0);
    }, 500_000);
  });
}
