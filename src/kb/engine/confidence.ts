import type { Scores } from './evidence.ts';
import { minimise, type Slope } from './newton.ts';
import type { Ranking } from './rank.ts';

/** What the confidence is judged by. The last column is the constant. */
export const confidenceColumns = 10;

/** Weights before anything is learned: fitted weights, averaged over the public sets. */
export const priorConfidence: Float64Array = Float64Array.of(0.5, 1, 3, 1, 2, 2, 2, 2, 0, -5);

/** Strength of the prior, in questions. */
const priorStrength = 2.5;

/** The columns of one question: how sure the ranking is, how near the base is, how much of the question it explains. */
export function confidenceFeatures(scores: Scores, ranking: Ranking): Float64Array {
  const top = ranking.articles[0] ?? 0;
  const p1 = ranking.probabilities[0] ?? 0;
  const p2 = ranking.probabilities[1] ?? 0;
  const clipped = Math.min(0.999, Math.max(0.001, p1));
  return Float64Array.of(
    Math.log(clipped / (1 - clipped)) / 2,
    p1 - p2,
    scores.nearest[top] ?? 0,
    scores.linear[top] ?? 0,
    scores.retrieval[top] ?? 0,
    scores.known,
    scores.known * (scores.nearest[top] ?? 0),
    scores.familiar,
    Math.log(1 + scores.words) - 2,
    1,
  );
}

/** One question of the cross-validation: its columns, whether the best article was right, and its weight. */
export interface Judged {
  readonly columns: Float64Array;
  readonly right: boolean;
  readonly weight: number;
}

/** Logistic regression, drawn towards the prior weights. */
export function fitConfidence(judged: readonly Judged[]): Float64Array {
  const n = confidenceColumns;
  return minimise(priorConfidence, (weights, slope) => {
    for (let j = 0; j < n; j += 1) {
      const off = (weights[j] as number) - (priorConfidence[j] as number);
      slope.value += (priorStrength * off * off) / 2;
      slope.gradient[j] = priorStrength * off;
      slope.hessian[j * n + j] = priorStrength;
    }
    for (const { columns, right, weight } of judged) addJudged(columns, right, weight, weights, slope);
  });
}

function addJudged(
  columns: Float64Array,
  right: boolean,
  weight: number,
  weights: Float64Array,
  slope: Slope,
): void {
  const n = confidenceColumns;
  const p = confidenceOf(columns, weights);
  slope.value -= weight * Math.log(Math.max(1e-12, right ? p : 1 - p));
  const miss = weight * (p - (right ? 1 : 0));
  const curve = weight * p * (1 - p);
  for (let j = 0; j < n; j += 1) {
    const value = columns[j] as number;
    slope.gradient[j] = (slope.gradient[j] as number) + miss * value;
    for (let k = 0; k < n; k += 1) {
      slope.hessian[j * n + k] =
        (slope.hessian[j * n + k] as number) + curve * value * (columns[k] as number);
    }
  }
}

/** Probability that the best article is right, 0 to 1. */
export function confidenceOf(columns: Float64Array, weights: Float64Array): number {
  let value = 0;
  for (let j = 0; j < columns.length; j += 1) value += (columns[j] as number) * (weights[j] as number);
  return 1 / (1 + Math.exp(-value));
}
