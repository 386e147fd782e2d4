import { DateTime, IANAZone } from 'luxon';
import type { Hours } from '../core/hours.ts';

/** The days of the week as calendars name them; Monday is the first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One of the days of the week. */
export type Weekday = (typeof weekdays)[number];

/** Open from one time of day to another, in minutes since midnight by the clock on the wall. */
export interface Shift {
  readonly from: number;
  /** Not after `from`: it ends on the next day. 1440 is midnight at the end of the day. */
  readonly until: number;
}

/** The hours of some people: shifts by the day of the week they begin on, but for days off. */
export interface Calendar {
  /** An IANA zone. */
  readonly timeZone: string;
  readonly shifts: Readonly<Partial<Record<Weekday, readonly Shift[]>>>;
  /** Dates, `2026-12-25` or every year `12-25`, on which no shift begins. */
  readonly holidays: readonly string[];
}

/** Open from a moment until another, epoch milliseconds. */
interface Span {
  readonly from: number;
  readonly until: number;
}

const dayMinutes = 24 * 60;

/** A calendar without a shift on any of so many days in a row, in which every date of the year comes up, has no hour. */
const searchedDays = 366 * 2;

/** Where a calendar is tried: any moment will do. */
const anyMoment = Date.UTC(2026, 0, 1);

/** Days whose spans are remembered; a month of questions about the same weeks needs no more. */
const maxRemembered = 2_000;

/** Whether a name is a time zone that this computer knows. */
export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

/** Whether a calendar has any hour at all. */
export function hasHours({ shifts }: Calendar): boolean {
  return weekdays.some((day) => (shifts[day] ?? []).length > 0);
}

/**
 * The hours of a calendar. A shift lasts as its times on the wall say: when the clocks change during it, it is an hour
 * shorter or longer, and a time that the clocks skip is as much later as they skip. A shift that begins on a day that is no
 * holiday and ends after midnight is kept whole.
 * @throws RangeError when it has no hour, or its time zone is unknown
 */
export function createHours(calendar: Calendar): Hours {
  const { timeZone } = calendar;
  if (!isTimeZone(timeZone)) throw new RangeError(`${timeZone} is no time zone`);
  if (!hasHours(calendar)) throw new RangeError('the calendar has no hour');
  const holidays = new Set(calendar.holidays);
  const remembered = new Map<number, readonly Span[]>();

  /** Where shifts that begin on a day are open, in order and without overlaps among themselves. */
  function spansOf(day: number): readonly Span[] {
    const known = remembered.get(day);
    if (known !== undefined) return known;
    if (remembered.size >= maxRemembered) remembered.clear();
    const spans = merged(beginningOn(day));
    remembered.set(day, spans);
    return spans;
  }

  function beginningOn(day: number): Span[] {
    const date = DateTime.fromMillis(day * dayMinutes * 60_000, { zone: 'utc' });
    const iso = date.toISODate() ?? '';
    if (holidays.has(iso) || holidays.has(iso.slice(5))) return [];
    const name = weekdays[date.weekday - 1];
    const shifts = name === undefined ? [] : (calendar.shifts[name] ?? []);
    return shifts.map(({ from, until }) => ({
      from: moment(date, from),
      until: moment(date, until > from ? until : until + dayMinutes),
    }));
  }

  /** Minutes past a date's midnight by the clock on the wall. */
  function moment(date: DateTime, minutes: number): number {
    const on = date.plus({ days: Math.floor(minutes / dayMinutes) });
    const rest = minutes % dayMinutes;
    const [hour, minute] = [Math.floor(rest / 60), rest % 60];
    return DateTime.fromObject(
      { year: on.year, month: on.month, day: on.day, hour, minute },
      { zone: timeZone },
    ).toMillis();
  }

  /** Spans that end after a moment, in order; shifts of neighbouring days that touch are told apart but never overlap. */
  function* spansAfter(at: number): Generator<Span> {
    let end = Number.NEGATIVE_INFINITY;
    // The day before the one on any wall: asking for the zone's own day costs more than looking at two days too many.
    const first = Math.floor(at / (dayMinutes * 60_000)) - 2;
    for (let day = first, empty = 0; empty < searchedDays; day += 1) {
      empty += 1;
      for (const span of spansOf(day)) {
        empty = 0;
        const from = Math.max(span.from, end);
        if (span.until <= from) continue;
        end = span.until;
        if (span.until > at) yield { from, until: span.until };
      }
    }
    throw new RangeError(`the calendar has no hour in ${searchedDays} days`);
  }

  function next(at: number): Span {
    for (const span of spansAfter(at)) return span;
    throw new RangeError('the calendar has no hour');
  }

  const hours: Hours = {
    timeZone,
    isOpen: (at) => next(at).from <= at,
    opensAt: (at) => Math.max(at, next(at).from),
    after(at, durationMs) {
      if (durationMs <= 0) return at;
      let left = durationMs;
      for (const { from, until } of spansAfter(at)) {
        const begin = Math.max(at, from);
        if (left <= until - begin) return begin + left;
        left -= until - begin;
      }
      return at;
    },
    between(from, until) {
      let open = 0;
      if (until <= from) return 0;
      for (const span of spansAfter(from)) {
        if (span.from >= until) break;
        open += Math.min(until, span.until) - Math.max(from, span.from);
      }
      return open;
    },
  };
  // Holidays can leave nothing of the shifts.
  hours.opensAt(anyMoment);
  return hours;
}

/** In order, with overlapping and touching ones made one. */
function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].filter(({ from, until }) => until > from).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.until) {
      result[result.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    } else result.push(span);
  }
  return result;
}
