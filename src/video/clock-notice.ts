/** A clock that is wrong by so much that somebody should know. */
export interface ClockNotice {
  /** Positive: it is ahead of ours. Milliseconds. */
  readonly offsetMs: number;
  /** Off by whole hours and hardly more: it shows another zone's time, or missed a change of daylight saving. */
  readonly wholeHours: number | null;
}

const hourMs = 60 * 60_000;
const nearlyMs = 90_000;

/**
 * Compares another clock with ours. Our links never depend on the clock of the person's device; appointments it shows do,
 * and a Jitsi server judges tokens by its own.
 * @param theirMs what it showed; @param ourMs what ours showed then, both in epoch milliseconds
 * @param toleranceMs how much is nothing to speak of, the way of the message included
 */
export function clockNotice(theirMs: number, ourMs: number, toleranceMs: number): ClockNotice | null {
  const offsetMs = theirMs - ourMs;
  if (Math.abs(offsetMs) <= toleranceMs) return null;
  const hours = Math.round(offsetMs / hourMs);
  const whole = hours !== 0 && Math.abs(hours) <= 14 && Math.abs(offsetMs - hours * hourMs) <= nearlyMs;
  return { offsetMs, wholeHours: whole ? hours : null };
}
