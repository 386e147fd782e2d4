import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { deadlineOf } from '../../src/core/conversation.ts';
import type { Rules, Tiers } from '../../src/core/rules.ts';
import { createHours } from '../../src/escalation/calendar.ts';
import { ana, createCase, createClaimed, type Driver } from './conversation-driver.ts';
import { rules as usual } from './rules.ts';

const zone = 'Europe/Madrid';
const at = (text: string) => DateTime.fromISO(text, { zone }).toMillis();
const wall = (moment: number) => DateTime.fromMillis(moment, { zone }).toFormat("ccc dd'T'HH:mm");

const day = [
  { from: 9 * 60, until: 14 * 60 },
  { from: 16 * 60, until: 19 * 60 },
];
const hours = createHours({
  timeZone: zone,
  shifts: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: ['2026-10-12'],
});
const [first, ...above] = usual.tiers;
const ladder: Tiers = [{ ...first, hours }, ...above.map((tier) => ({ ...tier, hours }))];
const rules: Rules = { ...usual, tiers: ladder };

function due(it: Driver): [string, string] {
  const deadline = deadlineOf(it.state().stage);
  return deadline === null ? ['', ''] : [deadline.kind, wall(deadline.at)];
}

/** Tiers accept within 5, 15 and 30 minutes and solve within 2, 4 and 8 hours; a lease is 20 minutes. */
describe('deadlines in the hours of the tier', () => {
  test('to accept: a case of Friday evening has all its minutes on Monday', () => {
    expect(due(createCase(rules, at('2026-10-02T18:58')))).toEqual(['accept', 'Mon 05T09:03']);
    expect(due(createCase(rules, at('2026-10-03T12:00')))).toEqual(['accept', 'Mon 05T09:05']);
  });

  test('to solve, over lunch, a weekend and a holiday', () => {
    const it = createClaimed(rules, at('2026-10-09T18:30'));
    const { stage } = it.state();
    expect(stage.kind === 'claimed' && wall(stage.solveBy)).toBe('Tue 13T10:30');
  });

  test('a lease does not run while the people of the tier are away', () => {
    expect(due(createClaimed(rules, at('2026-10-07T13:50')))).toEqual(['lease', 'Wed 07T16:10']);
  });

  test('what nobody takes climbs within the hours, not at night', () => {
    const it = createCase(rules, at('2026-10-07T18:50'));
    it.waits();
    expect([wall(it.now), due(it)]).toEqual(['Wed 07T18:55', ['accept', 'Thu 08T09:10']]);
  });

  test('the customer’s time does not count, nor what of it fell outside the hours', () => {
    const it = createClaimed(rules, at('2026-10-07T09:00'));
    it.now = at('2026-10-07T09:10');
    it.does({ type: 'reply', agent: ana, text: 'try this' });
    it.now = at('2026-10-08T09:00');
    it.writes('no change');
    const { stage } = it.state();
    expect(stage.kind === 'claimed' && wall(stage.solveBy)).toBe('Thu 08T10:50');
  });

  test('a customer is reminded when somebody would hear the answer', () => {
    const it = createClaimed(rules, at('2026-10-09T18:00'));
    it.does({ type: 'reply', agent: ana, text: 'try this' });
    expect(due(it)).toEqual(['remind', 'Tue 13T09:00']);
  });

  test('another calendar does not move what is set already', () => {
    const it = createCase(rules, at('2026-10-07T18:58'));
    const before = due(it);
    it.rules = usual;
    expect(due(it)).toEqual(before);
    it.waits();
    expect(due(it)[0]).toBe('accept');
  });
});
