import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseLadder } from '../../src/ladder-file.ts';
import { lawful, renderScorecard } from '../../src/simulation/scorecard.ts';
import { simulate } from '../../src/simulation/simulate.ts';

/** Lunch breaks in two cities, holidays, clocks that change during the month, plans, two companies, a tier that never sleeps. */
const read = parseLadder(readFileSync('samples/ladder.yaml', 'utf8'), 'samples/ladder.yaml');
if ('faults' in read) throw new Error(read.faults.join('\n'));
const rules = { ...read.ladder, say: (language: string, key: string) => `${language}:${key}` };
const boundTo = read.ladder.agentBrands;

/** A month takes seconds on a quiet computer. */
const timeout = 180_000;

describe('a simulated month', { timeout }, () => {
  test.each([1, 2])('breaks no law, whatever crashes (seed %i)', async (seed) => {
    const card = await simulate({ cases: 150, seed, rules, boundTo });
    expect(card.laws).toEqual(Object.fromEntries(Object.keys(card.laws).map((law) => [law, 0])));
    expect(lawful(card)).toBe(true);
    expect(card.facts).toMatchObject({ cases: 150, open: 0 });
    for (const fact of [
      'crashes',
      'redelivered',
      'claimsRefused',
      'leasesExpired',
      'reopenings',
      'queueOutages',
      'slackOutages',
      'pulled',
      'callbacks',
      'plansSet',
      'vendorReminders',
    ] as const) {
      expect(card.facts[fact], fact).toBeGreaterThan(0);
    }
  });

  test('is the same for the same seed, and another for another', async () => {
    const once = renderScorecard(await simulate({ cases: 40, seed: 7, rules, boundTo }));
    const again = renderScorecard(await simulate({ cases: 40, seed: 7, rules, boundTo }));
    const other = renderScorecard(await simulate({ cases: 40, seed: 8, rules, boundTo }));
    expect(again).toBe(once);
    expect(other).not.toBe(once);
    expect(once).toMatch(/^stranded 0$/mu);
    expect(once).toMatch(/^two owners 0$/mu);
    expect(once).toMatch(/^bot over person 0$/mu);
  });
});
