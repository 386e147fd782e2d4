import type { Hours } from '../core/hours.ts';
import type { Wait } from '../core/wait.ts';
import { usualRange } from '../core/wait.ts';

/** One case that somebody came for: where it began to wait and how long, in milliseconds of its tier's hours. */
interface Sample {
  readonly position: number;
  readonly waitMs: number;
}

/** A sample and how much its age leaves of it. */
interface Faded extends Sample {
  readonly faded: number;
}

/** A sample as it counts for somebody. */
interface Weighed {
  readonly waitMs: number;
  readonly weight: number;
}

/** Samples kept of a tier, newest last. */
const maxSamples = 300;

/** How much each newer sample makes an older one count less. */
const fading = 0.99;

/** Fewer samples' worth of evidence than this promise nothing. */
const leastEvidence = 8;

/** The shares of waits that lie below the two ends of a range: a little wider than what is promised, which is 85 %. */
const ends = [0.03, 0.97] as const;

/** How long waits have been lately, by tier; kept in memory and made anew from the log. */
export interface WaitEvidence {
  add(tier: number, sample: Sample): void;
  /**
   * How much longer a case will wait that has waited already.
   * @param position where it began, from 1
   * @param waitedMs of the tier's hours
   * @returns null without enough evidence
   */
  remaining(tier: number, position: number, waitedMs: number): Wait['range'];
}

/** Evidence of nothing yet. */
export function createWaitEvidence(): WaitEvidence {
  const byTier = new Map<number, Sample[]>();
  // The same weights for everybody who began in a place, until a sample comes.
  const weighed = new Map<number, Map<number, readonly Weighed[]>>();
  const sorted = new Map<number, readonly Faded[]>();

  function weigh(tier: number, position: number): readonly Weighed[] {
    const samples = byTier.get(tier) ?? [];
    const ofTier = weighed.get(tier) ?? new Map<number, readonly Weighed[]>();
    weighed.set(tier, ofTier);
    const known = ofTier.get(position);
    if (known !== undefined) return known;
    const found = byWait(tier, samples).map(({ waitMs, position: began, faded }) => {
      const far = Math.abs(Math.log((began + 1) / (position + 1)));
      return { waitMs, weight: faded * Math.exp(-2 * far) };
    });
    ofTier.set(position, found);
    return found;
  }

  function byWait(tier: number, samples: readonly Sample[]): readonly Faded[] {
    const known = sorted.get(tier);
    if (known !== undefined) return known;
    const found = samples
      .map((sample, index) => ({ ...sample, faded: fading ** (samples.length - 1 - index) }))
      .sort((a, b) => a.waitMs - b.waitMs);
    sorted.set(tier, found);
    return found;
  }

  return {
    add(tier, sample) {
      const samples = byTier.get(tier) ?? [];
      byTier.set(tier, samples);
      samples.push(sample);
      weighed.delete(tier);
      sorted.delete(tier);
      if (samples.length > maxSamples) samples.shift();
    },
    remaining(tier, position, waitedMs) {
      const all = weigh(tier, position);
      // Asked for everybody in a queue, every time: nothing is copied.
      const first = all.findIndex(({ waitMs }) => waitMs > waitedMs);
      if (first < 0) return null;
      let total = 0;
      for (let at = first; at < all.length; at += 1) total += all[at]?.weight ?? 0;
      if (total < leastEvidence) return null;
      const [lowMs, highMs] = ends.map((share) => quantile(all, first, share * total) - waitedMs);
      return usualRange({ lowMs: lowMs ?? 0, highMs: highMs ?? 0 });
    },
  };
}

/** Of the samples from a place on, the wait below which so much weight lies. */
function quantile(sorted: readonly Weighed[], first: number, weightBelow: number): number {
  let sum = 0;
  for (let at = first; at < sorted.length; at += 1) {
    sum += sorted[at]?.weight ?? 0;
    if (sum >= weightBelow) return sorted[at]?.waitMs ?? 0;
  }
  return sorted.at(-1)?.waitMs ?? 0;
}

/** A case that waits, as the log tells it. */
export interface Waiting {
  readonly tier: number;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Where in the queue it began. */
  readonly position: number;
  readonly hours: Hours;
}
