import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/** Chance that can be repeated: the same seed gives the same draws in the same order (law 9). */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the items, by their weights. @throws Error when there is none */
  pick<T>(items: readonly (readonly [T, number])[]): T;
  /** A waiting time around `meanMs`: mostly shorter, at times much longer. */
  wait(meanMs: number): number;
}

const steps = 1 << 30;

/** A source of chance from a seed. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const fraction = () => unsafeUniformIntDistribution(0, steps - 1, generator) / steps;
  return {
    int: (min, max) => unsafeUniformIntDistribution(min, max, generator),
    chance: (probability) => fraction() < probability,
    pick(items) {
      let left = fraction() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      const last = items.at(-1);
      if (last === undefined) throw new Error('nothing to pick from');
      return last[0];
    },
    wait: (meanMs) => Math.ceil(-Math.log(1 - fraction()) * meanMs),
  };
}
