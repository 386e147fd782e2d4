import { type Shift, type Weekday, weekdays } from '../escalation/calendar.ts';

/** The days that a key such as `mon-fri` or `sat, sun` names; null when it names none. */
export function daysOf(key: string): Weekday[] | null {
  const days: Weekday[] = [];
  for (const part of key.toLowerCase().split(',')) {
    const [first = '', last = first, ...more] = part.trim().split('-');
    const [from, until] = [indexOf(first), indexOf(last)];
    if (from < 0 || until < from || more.length > 0) return null;
    days.push(...weekdays.slice(from, until + 1));
  }
  return days;
}

/** A shift such as `9:00-14:00`, or `22:00-6:00` over midnight; null when it is none. */
export function shiftOf(text: string): Shift | null {
  const times = /^(\d{1,2}):(\d{2}) ?[-–] ?(\d{1,2}):(\d{2})$/u.exec(text.trim());
  if (times === null) return null;
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = times.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const until = untilHour * 60 + untilMinute;
  const right = fromMinute < 60 && untilMinute < 60 && from < 24 * 60 && until <= 24 * 60 && from !== until;
  return right ? { from, until } : null;
}

/** Whether a text is a date, `2026-12-25`, or one of every year, `12-25`. */
export function isDate(text: string): boolean {
  const whole = /^\d{2}-\d{2}$/u.test(text) ? `2028-${text}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(whole)) return false;
  const date = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(whole);
}

function indexOf(day: string): number {
  const names: readonly string[] = weekdays;
  return names.indexOf(day.trim());
}
