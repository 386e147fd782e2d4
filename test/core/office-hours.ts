import type { Hours } from '../../src/core/hours.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const opens = 9 * hour;
const openMs = 9 * hour;

/** Open from nine to six, UTC, every day: arithmetic, for tests that ask very often. */
export const officeHours: Hours = {
  timeZone: 'UTC',
  isOpen: (at) => until(at) < until(at + 1),
  opensAt: (at) => (until(at) < until(at + 1) ? at : moment(until(at), true)),
  after: (at, durationMs) => (durationMs <= 0 ? at : moment(until(at) + durationMs, false)),
  between: (from, end) => Math.max(0, until(end) - until(from)),
};

/** Open time since 1970. */
function until(at: number): number {
  const days = Math.floor(at / day);
  return days * openMs + Math.min(openMs, Math.max(0, at - days * day - opens));
}

/** When so much open time had gone by: the last such moment, where the next opening is wanted, or the first. */
function moment(openSince: number, next: boolean): number {
  const days = next ? Math.floor(openSince / openMs) : Math.ceil(openSince / openMs) - 1;
  return days * day + opens + (openSince - days * openMs);
}
