import jstat from 'jstat';
import type { Side, SideCounts, TrialCounts, TrialEnd } from './trial.ts';

const { jStat } = jstat;

/** A share, and where it is with a probability of 95 %. */
export interface ShareRange {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** How seldom a trial of two versions that are the same may stop by itself. */
export const alpha = 0.05;

/** How far the bets lie from what is expected when both are the same: a difference of about ten points is found soonest. */
const concentration = 100;

/** Fewer on a side are never judged: the rule allows it, but nobody would believe it. */
const fewest = 20;

/**
 * How large a share is: Jeffreys' interval, the middle 95 % of the beta distribution that is believed after `count` of
 * `of` when nothing was known before (Brown, Cai and DasGupta, "Interval Estimation for a Binomial Proportion", Statistical
 * Science 16, 2001). For one look; the stop of a trial does not lean on it.
 * @returns null of nothing
 */
export function shareRange(count: number, of: number): ShareRange | null {
  if (of === 0) return null;
  const [a, b] = [count + 0.5, of - count + 0.5];
  return {
    share: count / of,
    low: count === 0 ? 0 : jStat.beta.inv(0.025, a, b),
    high: count === of ? 1 : jStat.beta.inv(0.975, a, b),
  };
}

/**
 * How strong the evidence is that the two sides differ in the share of customers whose problem was resolved: an e-value.
 *
 * Customers are put on a side by a coin that shows "candidate" with probability `share`. When the versions are the same,
 * that coin knows nothing of what became of a customer: among those who were resolved, and among the others, each is on
 * the candidate's side with probability `share`. Against this one bets: on each customer, by the share of earlier ones of
 * the same outcome who were on that side, starting from a Beta(`concentration` × share, `concentration` × (1 − share)). The
 * money such a bettor has, from 1, is what this gives. In a fair game it is a martingale, so that with both versions the
 * same it ever reaches 1/α with a probability of at most α, however often and whenever one looks: Ville's inequality.
 * Nothing is assumed about customers, only that the coin was fair. (Ville 1939; Shafer, "Testing by betting", JRSS A 184,
 * 2021; Ramdas et al., "Game-theoretic statistics and safe anytime-valid inference", Statistical Science 38, 2023.)
 * @returns 1: none; 20 is reached in at most 5 % of trials of the same version
 */
export function evidenceOf(counts: Readonly<Record<Side, SideCounts>>, share: number): number {
  const { candidate, live } = counts;
  const resolved = bet(candidate.resolved, live.resolved, share);
  const others = bet(candidate.customers - candidate.resolved, live.customers - live.resolved, share);
  return Math.exp(resolved + others);
}

/**
 * Whether a trial is to stop, and why: once the evidence reaches 1/α the side with the smaller share of resolved customers is
 * clearly worse. May be asked after every customer; a trial of two versions that are the same stops at all with a
 * probability of at most α (see `evidenceOf`), whichever side it then calls worse.
 */
export function verdictOf(
  counts: TrialCounts | Readonly<Record<Side, SideCounts>>,
  share: number,
): Extract<TrialEnd, 'candidate-worse' | 'live-worse'> | null {
  const { candidate, live } = counts;
  if (Math.min(candidate.customers, live.customers) < fewest) return null;
  if (evidenceOf(counts, share) < 1 / alpha) return null;
  return candidate.resolved / candidate.customers < live.resolved / live.customers
    ? 'candidate-worse'
    : 'live-worse';
}

/** The logarithm of what is won on outcomes of one kind. */
function bet(candidate: number, live: number, share: number): number {
  const [a, b] = [concentration * share, concentration * (1 - share)];
  return (
    jStat.betaln(a + candidate, b + live) -
    jStat.betaln(a, b) -
    candidate * Math.log(share) -
    live * Math.log(1 - share)
  );
}
