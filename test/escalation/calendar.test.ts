import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { always } from '../../src/core/hours.ts';
import { type Calendar, createHours, hasHours, weekdays } from '../../src/escalation/calendar.ts';
import { officeHours } from '../core/office-hours.ts';

const hour = 60;
const ms = 60_000;

/** Two shifts a day from Monday to Friday, one on Saturday, one on Sunday night over midnight. */
function office(timeZone: string, holidays: readonly string[] = []): Calendar {
  const day = [
    { from: 9 * hour, until: 14 * hour },
    { from: 16 * hour, until: 19 * hour },
  ];
  const shifts = {
    mon: day,
    tue: day,
    wed: day,
    thu: day,
    fri: day,
    sat: [{ from: 9 * hour, until: 13 * hour }],
  };
  return { timeZone, shifts: { ...shifts, sun: [{ from: 22 * hour, until: 6 * hour }] }, holidays };
}

const madrid = createHours(office('Europe/Madrid', ['2026-01-06', '12-25']));
const at = (text: string, zone = 'Europe/Madrid') => DateTime.fromISO(text, { zone }).toMillis();
const wall = (moment: number, zone = 'Europe/Madrid') =>
  DateTime.fromMillis(moment, { zone }).toFormat("ccc yyyy-MM-dd'T'HH:mm");

describe('a calendar', () => {
  test.each([
    ['2026-01-07T08:59', '2026-01-07T09:00', 'before the morning'],
    ['2026-01-07T09:00', '2026-01-07T09:00', 'in the morning'],
    ['2026-01-07T14:00', '2026-01-07T16:00', 'at lunch'],
    ['2026-01-07T19:00', '2026-01-08T09:00', 'in the evening'],
    ['2026-01-05T20:00', '2026-01-07T09:00', 'before a holiday'],
    ['2025-12-24T20:00', '2025-12-26T09:00', 'before a holiday of every year'],
    ['2026-01-10T13:00', '2026-01-11T22:00', 'on Saturday afternoon'],
    ['2026-01-12T05:59', '2026-01-12T05:59', 'in a shift that began the day before'],
    ['2026-01-12T06:00', '2026-01-12T09:00', 'after it'],
    ['2028-02-29T12:00', '2028-02-29T12:00', 'on a leap day'],
  ])('at %s opens at %s: %s', (now, opens) => {
    expect(wall(madrid.opensAt(at(now)))).toBe(wall(at(opens)));
    expect(madrid.isOpen(at(now))).toBe(now === opens);
  });

  test('deadlines skip lunch, nights, weekends and holidays', () => {
    const due = (from: string, minutes: number) => wall(madrid.after(at(from), minutes * ms));
    expect(due('2026-01-07T13:50', 30)).toBe('Wed 2026-01-07T16:20');
    expect(due('2026-01-07T13:50', 10)).toBe('Wed 2026-01-07T14:00');
    expect(due('2026-01-05T18:30', 60)).toBe('Wed 2026-01-07T09:30');
    expect(due('2026-01-10T12:00', 3 * hour)).toBe('Mon 2026-01-12T00:00');
  });

  test('a night in which the clocks change is an hour shorter or longer', () => {
    const night = (from: string, until: string) => madrid.between(at(from), at(until)) / ms / hour;
    expect(night('2026-03-22T22:00', '2026-03-23T06:00')).toBe(8);
    const changing = createHours({
      timeZone: 'Europe/Madrid',
      shifts: { sat: [{ from: 22 * hour, until: 6 * hour }] },
      holidays: [],
    });
    expect(changing.between(at('2026-03-28T12:00'), at('2026-03-29T12:00')) / ms / hour).toBe(7);
    expect(changing.between(at('2026-10-24T12:00'), at('2026-10-25T12:00')) / ms / hour).toBe(9);
  });

  test('nine in the morning stays nine in the morning when the clocks have changed', () => {
    expect(wall(madrid.opensAt(at('2026-03-30T07:00')))).toBe('Mon 2026-03-30T09:00');
    const santiago = createHours(office('America/Santiago'));
    for (const day of ['2026-04-06', '2026-09-07']) {
      const opens = santiago.opensAt(at(`${day}T07:00`, 'America/Santiago'));
      expect(wall(opens, 'America/Santiago')).toContain(`${day}T09:00`);
    }
  });

  test('a shift to midnight and one from midnight are one', () => {
    const day = [{ from: 0, until: 24 * hour }];
    const shifts = Object.fromEntries(weekdays.map((name) => [name, day]));
    const hours = createHours({ timeZone: 'Europe/Madrid', shifts, holidays: [] });
    const from = at('2026-03-20T10:00');
    expect(hours.between(from, from + 20 * 24 * hour * ms)).toBe(20 * 24 * hour * ms);
    expect(hours.after(from, 20 * 24 * hour * ms)).toBe(from + 20 * 24 * hour * ms);
  });

  test('one without an hour is refused', () => {
    const empty = { timeZone: 'Europe/Madrid', shifts: { mon: [] }, holidays: [] };
    expect(hasHours(empty)).toBe(false);
    expect(() => createHours(empty)).toThrow('no hour');
    expect(() => createHours({ ...office('Europe/Madrid'), timeZone: 'Europe/Madriz' })).toThrow(
      'no time zone',
    );
    const every = Array.from({ length: 366 }, (_, day) => {
      return DateTime.fromObject({ year: 2028, month: 1, day: 1 }).plus({ days: day }).toFormat('MM-dd');
    });
    expect(() => createHours(office('Europe/Madrid', every))).toThrow('no hour');
  });
});

const shift = fc
  .tuple(fc.nat(24 * hour - 1), fc.integer({ min: 1, max: 24 * hour }))
  .map(([from, until]) => ({ from, until }));
const day = fc.array(shift, { maxLength: 3 });
const calendar: fc.Arbitrary<Calendar> = fc
  .record({
    timeZone: fc.constantFrom('Europe/Madrid', 'America/Santiago'),
    shifts: fc.record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
    holidays: fc.subarray([
      '2028-02-29',
      '2026-03-29',
      '2026-10-25',
      '2026-04-05',
      '2026-09-06',
      '12-25',
      '01-01',
    ]),
  })
  .filter(hasHours);

/** Around both changes of the clocks in both zones, the turn of the year and a leap day. */
const moment = fc
  .tuple(
    fc.constantFrom(
      '2026-03-29',
      '2026-10-25',
      '2026-04-05',
      '2026-09-06',
      '2026-12-31',
      '2028-02-29',
      '2026-06-15',
    ),
    fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }),
  )
  .map(([date, minutes]) => Date.parse(date) + minutes * ms);
const duration = fc.integer({ min: 1, max: 10 * 24 * 60 }).map((minutes) => minutes * ms);

describe('any calendar, across changes of the clocks, holidays and a leap day', () => {
  const runs = { numRuns: 150 };

  test('the time between now and a deadline is what the deadline was set with', () => {
    fc.assert(
      fc.property(calendar, moment, duration, (given, now, length) => {
        const hours = createHours(given);
        const deadline = hours.after(now, length);
        expect(hours.between(now, deadline)).toBe(length);
        expect(hours.between(now, deadline - 1)).toBe(length - 1);
      }),
      runs,
    );
  });

  test('a deadline after the time between two moments is the later one, or where it closed before', () => {
    fc.assert(
      fc.property(calendar, moment, duration, (given, from, length) => {
        const hours = createHours(given);
        const until = from + length;
        const open = hours.between(from, until);
        const end = hours.after(from, open);
        expect(end).toBeLessThanOrEqual(until);
        expect(hours.between(end, until)).toBe(0);
        if (hours.isOpen(until - 1)) expect(open === 0 ? until : end).toBe(until);
      }),
      runs,
    );
  });

  test('later and longer never mean earlier, and time adds up', () => {
    fc.assert(
      fc.property(calendar, moment, duration, duration, (given, now, one, other) => {
        const hours = createHours(given);
        expect(hours.after(now, one + other)).toBe(hours.after(hours.after(now, one), other));
        expect(hours.after(now + one, other)).toBeGreaterThanOrEqual(hours.after(now, other));
        const [middle, end] = [now + one, now + one + other];
        expect(hours.between(now, end)).toBe(hours.between(now, middle) + hours.between(middle, end));
        expect(hours.between(now, end)).toBeLessThanOrEqual(one + other);
      }),
      runs,
    );
  });

  test('it is open at its opening and shut right before it', () => {
    fc.assert(
      fc.property(calendar, moment, (given, now) => {
        const hours = createHours(given);
        const opens = hours.opensAt(now);
        expect(hours.isOpen(opens)).toBe(true);
        if (opens > now) expect([hours.isOpen(now), hours.isOpen(opens - 1)]).toEqual([false, false]);
        expect(hours.between(now, opens)).toBe(0);
      }),
      runs,
    );
  });

  test('the hours that other tests reckon with are those of a calendar', () => {
    const shifts = Object.fromEntries(weekdays.map((name) => [name, [{ from: 9 * hour, until: 18 * hour }]]));
    const hours = createHours({ timeZone: 'UTC', shifts, holidays: [] });
    fc.assert(
      fc.property(moment, duration, (now, length) => {
        expect(officeHours.after(now, length)).toBe(hours.after(now, length));
        expect(officeHours.between(now, now + length)).toBe(hours.between(now, now + length));
        expect(officeHours.opensAt(now)).toBe(hours.opensAt(now));
        expect(officeHours.isOpen(now)).toBe(hours.isOpen(now));
      }),
    );
  });

  test('always is open', () => {
    fc.assert(
      fc.property(moment, duration, (now, length) => {
        expect(always.after(now, length)).toBe(now + length);
        expect(always.between(now, now + length)).toBe(length);
        expect([always.isOpen(now), always.opensAt(now)]).toEqual([true, now]);
      }),
    );
  });
});
