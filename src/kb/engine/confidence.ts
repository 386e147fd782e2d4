import { solve } from './combination.ts';
import type { Scores } from './evidence.ts';
import type { Ranking } from './rank.ts';

/** What the confidence is judged by. The last column is the constant. */
export const confidenceColumns = 10;

/** Weights before anything is learned: fitted weights, averaged over the public sets. */
export const priorConfidence: Float64Array = Float64Array.of(0.5, 1, 3, 1, 2, 2, 2, 2, 0, -5);

/** Strength of the prior, in questions. */
const priorStrength = 10;

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

/** Logistic regression by Newton steps, drawn towards the prior weights. */
export function fitConfidence(judged: readonly Judged[]): Float64Array {
  const n = confidenceColumns;
  const weights = Float64Array.from(priorConfidence);
  for (let round = 0; round < 25; round += 1) {
    const gradient = new Float64Array(n);
    const hessian = new Float64Array(n * n);
    for (let j = 0; j < n; j += 1) {
      gradient[j] = (priorStrength / 4) * ((priorConfidence[j] as number) - (weights[j] as number));
      hessian[j * n + j] = priorStrength / 4;
    }
    for (const { columns, right, weight } of judged) {
      const p = confidenceOf(columns, weights);
      const miss = weight * ((right ? 1 : 0) - p);
      const curve = weight * p * (1 - p);
      for (let j = 0; j < n; j += 1) {
        const value = columns[j] as number;
        gradient[j] = (gradient[j] as number) + miss * value;
        for (let k = 0; k < n; k += 1) {
          hessian[j * n + k] = (hessian[j * n + k] as number) + curve * value * (columns[k] as number);
        }
      }
    }
    const change = solve(hessian, gradient, n);
    let largest = 0;
    for (let j = 0; j < n; j += 1) {
      const step = Math.max(-3, Math.min(3, change[j] as number));
      weights[j] = (weights[j] as number) + step;
      largest = Math.max(largest, Math.abs(step));
    }
    if (largest < 1e-4) break;
  }
  return weights;
}

/** Probability that the best article is right, 0 to 1. */
export function confidenceOf(columns: Float64Array, weights: Float64Array): number {
  let value = 0;
  for (let j = 0; j < columns.length; j += 1) value += (columns[j] as number) * (weights[j] as number);
  return 1 / (1 + Math.exp(-value));
}
