import { describe, expect, test } from 'vitest';
import type { Rules } from '../../src/core/rules.ts';
import { createHours } from '../../src/escalation/calendar.ts';
import { lawful, renderScorecard } from '../../src/simulation/scorecard.ts';
import { simulate } from '../../src/simulation/simulate.ts';
import { tiers, rules as usual } from '../core/rules.ts';

/** Two cities with a lunch break, holidays, and clocks that change during the month; the experts work day and night. */
const day = [
  { from: 9 * 60, until: 14 * 60 },
  { from: 16 * 60, until: 19 * 60 },
];
const shifts = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [{ from: 10 * 60, until: 13 * 60 }] };
const madrid = createHours({ timeZone: 'Europe/Madrid', shifts, holidays: ['2026-10-12', '11-01'] });
const santiago = createHours({ timeZone: 'America/Santiago', shifts, holidays: [] });
const [first, second, experts] = tiers;
const rules: Rules = {
  ...usual,
  tiers: [{ ...first, hours: madrid }, { ...second, hours: santiago }, experts],
  nameZone: true,
};

/** A month takes seconds on a quiet computer. */
const timeout = 180_000;

describe('a simulated month', { timeout }, () => {
  test.each([1, 2])('breaks no law, whatever crashes (seed %i)', async (seed) => {
    const card = await simulate({ cases: 150, seed, rules });
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
      'vendorReminders',
    ] as const) {
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
