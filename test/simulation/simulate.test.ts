import { describe, expect, test } from 'vitest';
import { lawful, renderScorecard } from '../../src/simulation/scorecard.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { rules } from '../core/rules.ts';

describe('a simulated month', () => {
  test.each([1, 2])('breaks no law, whatever crashes (seed %i)', async (seed) => {
    const card = await simulate({ cases: 150, seed, rules });
    expect(card.laws).toEqual(Object.fromEntries(Object.keys(card.laws).map((law) => [law, 0])));
    expect(lawful(card)).toBe(true);
    expect(card.facts).toMatchObject({ cases: 150, open: 0 });
    for (const fact of ['crashes', 'redelivered', 'claimsRefused', 'leasesExpired', 'reopenings'] as const) {
      expect(card.facts[fact], fact).toBeGreaterThan(0);
    }
  });

  test('is the same for the same seed, and another for another', async () => {
    const once = renderScorecard(await simulate({ cases: 40, seed: 7, rules }));
    const again = renderScorecard(await simulate({ cases: 40, seed: 7, rules }));
    const other = renderScorecard(await simulate({ cases: 40, seed: 8, rules }));
    expect(again).toBe(once);
    expect(other).not.toBe(once);
    expect(once).toMatch(/^stranded 0$/mu);
    expect(once).toMatch(/^two owners 0$/mu);
    expect(once).toMatch(/^bot over person 0$/mu);
  });
});
