/**
 * How long to wait before the next attempt: doubling from one second to fifteen, and up to a quarter more by
 * chance, so that many pages do not come back in the same instant.
 * @param attempt 1 for the first retry
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random: number): number {
  const base = Math.min(15_000, 1000 * 2 ** (attempt - 1));
  return Math.round(base * (1 + random / 4));
}
