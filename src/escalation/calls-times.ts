import { DateTime } from 'luxon';
import type { Hours } from '../core/hours.ts';

/** From one moment to another, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** How long a call is booked for. */
export const callLengthMs = 30 * 60_000;

/** A time nearer than this is none that somebody could get ready for. */
const leadMs = 20 * 60_000;

/** Times are told on the half hour, by the customer's clock. */
const stepMinutes = 30;

/** Times that are offered lie at least so far apart in the tier's hours, so that there is something to choose. */
const apartMs = 90 * 60_000;

/** Half hours that are looked at: some weeks of them. */
const maxLooked = 1_500;

/** When a customer is up, by the hours of their own clock. */
const day = { from: 7, until: 22 };

/** Whether two spans have a moment in common. */
export function overlap(a: Span, b: Span): boolean {
  return a.from < b.until && b.from < a.until;
}

/**
 * Times to offer for a call, soonest first: in the tier's hours from beginning to end, beside everything that the agent
 * has booked, on the half hour of the customer's clock and by day there, as long as there are such. Pure.
 * @param count at most so many
 */
export function freeTimes(
  hours: Hours,
  booked: readonly Span[],
  { now, timeZone, count }: { readonly now: number; readonly timeZone: string; readonly count: number },
): number[] {
  const byDay: number[] = [];
  const anyTime: number[] = [];
  let at = onTheHalfHour(hours.opensAt(now + leadMs), timeZone);
  for (let looked = 0; looked < maxLooked && byDay.length < count; looked += 1) {
    if (isFree(hours, booked, at)) {
      for (const list of isByDay(at, timeZone) ? [byDay, anyTime] : [anyTime]) {
        const last = list.at(-1);
        const far = last === undefined || hours.between(last, at) >= apartMs || at - last >= 4 * apartMs;
        if (far && list.length < count) list.push(at);
      }
    }
    at = onTheHalfHour(hours.opensAt(at + stepMinutes * 60_000), timeZone);
  }
  return byDay.length > 0 ? byDay : anyTime;
}

/** Whether a call can begin at a moment: in the tier's hours to its end, and nothing is booked then. Pure. */
export function isFree(hours: Hours, booked: readonly Span[], at: number): boolean {
  const span = { from: at, until: at + callLengthMs };
  return (
    hours.isOpen(at) &&
    hours.between(span.from, span.until) === callLengthMs &&
    !booked.some((one) => overlap(one, span))
  );
}

/** Not before the moment, and on the half hour by a clock on the wall there, whatever that clock's offset is. */
function onTheHalfHour(at: number, timeZone: string): number {
  const { minute, second, millisecond } = DateTime.fromMillis(at, { zone: timeZone });
  const past = ((minute % stepMinutes) * 60 + second) * 1_000 + millisecond;
  return past === 0 ? at : at + stepMinutes * 60_000 - past;
}

function isByDay(at: number, timeZone: string): boolean {
  const { hour } = DateTime.fromMillis(at, { zone: timeZone });
  return hour >= day.from && hour < day.until;
}
