import type { Scores } from './evidence.ts';
import { fitLogistic, probability } from './logistic.ts';
import type { Ranking } from './rank.ts';

/**
 * Two small models. `known`: does the base have an answer to this question at all? `right`: if so, is it the best
 * article? Their product is the probability that answering with the best article is right.
 */
export interface ConfidenceModel {
  readonly known: Float64Array;
  readonly right: Float64Array;
}

/** What the models say of one question, 0 to 1 each. */
export interface Confidence {
  readonly known: number;
  readonly right: number;
}

/** Weights before anything is learned: fitted on the public sets together, each set with the same weight. */
export const priorConfidence: ConfidenceModel = {
  known: Float64Array.of(1.04, 3.69, -3.4, -1.05, 0.58, 7.46, -0.08, -1.93),
  right: Float64Array.of(0.94, 1.82, -0.85, -0.34, 0.25),
};

/** Strength of the prior; a base of 50 examples hardly moves the weights, one of 2,000 sets them. */
const priorStrength = 15;

/** Half the log-odds, so that it is of the size of the other columns. */
function halfLogit(p: number): number {
  const clipped = Math.min(0.9995, Math.max(0.001, p));
  return Math.log(clipped / (1 - clipped)) / 2;
}

/** Logarithm of a similarity; kept finite, because nothing in common is not infinitely worse than little. */
function softLog(value: number): number {
  return Math.log(0.05 + Math.max(0, Math.min(1.2, value)));
}

function knownColumns(scores: Scores, ranking: Ranking): Float64Array {
  const top = ranking.articles[0] ?? 0;
  const nearest = scores.nearest[top] ?? 0;
  const linear = scores.linear[top] ?? 0;
  return Float64Array.of(
    halfLogit(ranking.probabilities[0] ?? 0),
    linear * nearest,
    linear * scores.known,
    softLog(nearest),
    softLog(scores.mostRetrieved),
    nearest * scores.known,
    Math.log(1 + scores.words) - 2,
    1,
  );
}

function rightColumns(scores: Scores, ranking: Ranking): Float64Array {
  const top = ranking.articles[0] ?? 0;
  const p1 = ranking.probabilities[0] ?? 0;
  return Float64Array.of(
    halfLogit(p1),
    p1 - (ranking.probabilities[1] ?? 0),
    (scores.linear[top] ?? 0) * (scores.nearest[top] ?? 0),
    scores.mostRetrieved,
    1,
  );
}

/** One rehearsed question: how it compared and ranked, whether the base had the answer, whether the best was right. */
export interface Judged {
  readonly scores: Scores;
  readonly ranking: Ranking;
  readonly kind: 'known' | 'near' | 'far';
  readonly right: boolean;
}

/** All near questions together, and all far ones, count for this share of the known ones. */
const unknownShare = { near: 0.4, far: 0.3 };

/** How many cases a question of each kind stands for. */
export function caseWeights(
  judged: readonly Pick<Judged, 'kind'>[],
): Readonly<Record<Judged['kind'], number>> {
  const count = (kind: Judged['kind']): number => judged.filter((one) => one.kind === kind).length;
  const weightOf = (kind: 'near' | 'far'): number =>
    (unknownShare[kind] * count('known')) / Math.max(1, count(kind));
  return { known: 1, near: weightOf('near'), far: weightOf('far') };
}

/** Fits both models on the rehearsed questions; without known ones among them the prior stays. */
export function fitConfidence(judged: readonly Judged[]): ConfidenceModel {
  const known = judged.filter((one) => one.kind === 'known');
  const weights = caseWeights(judged);
  if (known.length === 0) return priorConfidence;
  return {
    known: fitLogistic(
      judged.map((one) => ({
        columns: knownColumns(one.scores, one.ranking),
        happened: one.kind === 'known',
        weight: weights[one.kind],
      })),
      priorConfidence.known,
      priorStrength,
    ),
    right: fitLogistic(
      known.map((one) => ({
        columns: rightColumns(one.scores, one.ranking),
        happened: one.right,
        weight: 1,
      })),
      priorConfidence.right,
      priorStrength,
    ),
  };
}

/** Judges one question. */
export function judge(model: ConfidenceModel, scores: Scores, ranking: Ranking): Confidence {
  return {
    known: probability(knownColumns(scores, ranking), model.known),
    right: probability(rightColumns(scores, ranking), model.right),
  };
}
