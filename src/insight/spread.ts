import type { Spread } from '../core/figures.ts';

/** Each step is two percent longer than the one before: shares read off are at most one percent away. */
const step = Math.log(1.02);

/** Durations counted in steps. @param durationsMs milliseconds; what is under one counts as one */
export function spreadOf(durationsMs: readonly number[]): Spread {
  const counts: Record<string, number> = {};
  for (const ms of durationsMs) {
    const key = String(Math.round(Math.log(Math.max(1, ms)) / step));
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Both together. */
export function addSpreads(one: Spread, other: Spread): Spread {
  const sum: Record<string, number> = { ...one };
  for (const [key, count] of Object.entries(other)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/** How many durations it holds. */
export function spreadSize(spread: Spread): number {
  return Object.values(spread).reduce((sum, count) => sum + count, 0);
}

/**
 * The duration that a share of all do not exceed, in milliseconds, to within one percent.
 * @param share 0 to 1: 0.5 is the median
 * @returns null when there are none
 */
export function quantileOf(spread: Spread, share: number): number | null {
  const steps = Object.entries(spread)
    .map(([key, count]) => ({ key: Number(key), count }))
    .sort((a, b) => a.key - b.key);
  const wanted = share * spreadSize(spread);
  let below = 0;
  for (const { key, count } of steps) {
    below += count;
    if (below >= wanted) return Math.round(Math.exp(key * step));
  }
  return null;
}
