import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { always } from '../../src/core/hours.ts';
import { createHours } from '../../src/escalation/calendar.ts';
import { callLengthMs, freeTimes, overlap } from '../../src/escalation/calls-times.ts';
import { zoneOfCustomer } from '../../src/escalation/customer-zone.ts';

const nineToFive = { from: 9 * 60, until: 17 * 60 };
const weekdays = {
  mon: [nineToFive],
  tue: [nineToFive],
  wed: [nineToFive],
  thu: [nineToFive],
  fri: [nineToFive],
};
const madrid = createHours({ timeZone: 'Europe/Madrid', shifts: weekdays, holidays: [] });

/** The time on a wall, such as `Mon 30 09:00`. */
function on(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone, locale: 'en' }).toFormat('ccc d HH:mm');
}

function moment(iso: string, zone: string): number {
  return DateTime.fromISO(iso, { zone }).toMillis();
}

describe('times for a call', () => {
  // On 29 March 2026 the clocks of Madrid go forward; those of New York went on the 8th, those of Bogotá never do.
  test('across a change of the clocks, as each wall shows them', () => {
    const now = moment('2026-03-27T16:45', 'Europe/Madrid');
    const inMadrid = freeTimes(madrid, [], { now, timeZone: 'Europe/Madrid', count: 4 });
    expect(inMadrid.map((at) => on(at, 'Europe/Madrid'))).toEqual([
      'Mon 30 09:00',
      'Mon 30 10:30',
      'Mon 30 12:00',
      'Mon 30 13:30',
    ]);
    expect(new Date(inMadrid[0] ?? 0).toISOString()).toBe('2026-03-30T07:00:00.000Z');
    const inNewYork = freeTimes(madrid, [], { now, timeZone: 'America/New_York', count: 3 });
    expect(inNewYork.map((at) => on(at, 'America/New_York'))).toEqual([
      'Mon 30 07:00',
      'Mon 30 08:30',
      'Mon 30 10:00',
    ]);
    expect(inNewYork.map((at) => on(at, 'Europe/Madrid'))[0]).toBe('Mon 30 13:00');
  });

  test('an hour more away on this side of the change than on the other', () => {
    const before = freeTimes(madrid, [], {
      now: moment('2026-03-26T18:00', 'Europe/Madrid'),
      timeZone: 'America/Bogota',
      count: 1,
    });
    const after = freeTimes(madrid, [], {
      now: moment('2026-03-30T08:00', 'Europe/Madrid'),
      timeZone: 'America/Bogota',
      count: 1,
    });
    expect(before.map((at) => on(at, 'Europe/Madrid'))).toEqual(['Fri 27 13:00']);
    expect(after.map((at) => on(at, 'Europe/Madrid'))).toEqual(['Mon 30 14:00']);
    for (const at of [...before, ...after]) expect(on(at, 'America/Bogota')).toContain('07:00');
  });

  test('in the night in which the clocks go back none is told twice', () => {
    const now = moment('2026-10-25T01:00', 'Europe/Madrid');
    const times = freeTimes(always, [], { now, timeZone: 'Europe/Madrid', count: 4 });
    expect(new Set(times.map((at) => on(at, 'Europe/Madrid'))).size).toBe(4);
  });

  test('beside what the agent has, to its end within the hours, on the half hour of an odd zone too', () => {
    const now = moment('2026-06-01T08:00', 'Europe/Madrid');
    const nine = moment('2026-06-01T09:00', 'Europe/Madrid');
    const booked = [{ from: nine, until: nine + callLengthMs }];
    const [first = 0] = freeTimes(madrid, booked, { now, timeZone: 'Europe/Madrid', count: 1 });
    expect(on(first, 'Europe/Madrid')).toBe('Mon 1 09:30');
    const kathmandu = freeTimes(madrid, booked, { now, timeZone: 'Asia/Kathmandu', count: 4 });
    for (const at of kathmandu) {
      expect(on(at, 'Asia/Kathmandu')).toMatch(/:(?:00|30)$/u);
      expect(madrid.between(at, at + callLengthMs)).toBe(callLengthMs);
      expect(booked.some((one) => overlap(one, { from: at, until: at + callLengthMs }))).toBe(false);
    }
  });

  test('by night where there is no other', () => {
    const night = createHours({
      timeZone: 'Asia/Tokyo',
      shifts: { mon: [{ from: 9 * 60, until: 12 * 60 }] },
      holidays: [],
    });
    const now = moment('2026-06-01T00:00', 'Asia/Tokyo');
    const times = freeTimes(night, [], { now, timeZone: 'America/Argentina/Buenos_Aires', count: 2 });
    expect(times.map((at) => on(at, 'America/Argentina/Buenos_Aires'))[0]).toBe('Sun 31 21:00');
    const deep = freeTimes(night, [], { now, timeZone: 'Europe/Lisbon', count: 2 });
    expect(deep.map((at) => on(at, 'Europe/Lisbon'))[0]).toBe('Mon 1 01:00');
  });
});

describe("a customer's time zone", () => {
  const now = Date.UTC(2026, 5, 1);
  test.each([
    ['their browser, before all else', 'America/Lima', '34600000000', 'America/Lima', false],
    ['the country of their number', null, '573001234567', 'America/Bogota', false],
    ['with any writing of the number', null, '+51 987 654 321', 'America/Lima', false],
    ['not a country with several', null, '5215512345678', 'Europe/Madrid', true],
    ['not a country with several', null, '12125550123', 'Europe/Madrid', true],
    ['not what is no number', null, '1', 'Europe/Madrid', true],
    ["the tier's, and that is said", null, null, 'Europe/Madrid', true],
    ['no zone that nobody knows', 'Mars/Olympus', null, 'Europe/Madrid', true],
  ])('%s', (_, timeZone, phone, expected, guessed) => {
    expect(zoneOfCustomer({ timeZone }, phone, 'Europe/Madrid', now)).toEqual({
      timeZone: expected,
      guessed,
    });
  });
});
