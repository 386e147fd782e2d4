import { minimise, type Slope } from './newton.ts';
import { priorRankWeights } from './rank.ts';

/** One question of the cross-validation: the columns of its candidates, one after the other, and which one is right. */
export interface Choice {
  readonly columns: Float64Array;
  readonly right: number;
}

/** Strength of the prior, in questions. */
const priorStrength = 20;

/**
 * Fits the conditional logit over `choices`; few choices stay close to the prior weights.
 * Gives the weights of the columns, none of them negative but the constant.
 */
export function fitCombination(
  choices: readonly Choice[],
  priors = priorRankWeights,
  strength = priorStrength,
): Float64Array {
  const n = priors.length;
  return minimise(
    priors,
    (weights, slope) => {
      for (let j = 0; j < n; j += 1) {
        const prior = priors[j] as number;
        const off = (weights[j] as number) - prior;
        const scale = strength / (1 + prior ** 2);
        slope.value += (scale * off * off) / 2;
        slope.gradient[j] = scale * off;
        slope.hessian[j * n + j] = scale;
      }
      for (const choice of choices) addChoice(choice, weights, slope);
    },
    (weights) => {
      for (let j = 0; j < n - 1; j += 1) weights[j] = Math.max(0, weights[j] as number);
    },
  );
}

function addChoice({ columns, right }: Choice, weights: Float64Array, slope: Slope): void {
  const n = weights.length;
  const size = columns.length / n;
  const values = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    let value = 0;
    for (let j = 0; j < n; j += 1) value += (weights[j] as number) * (columns[i * n + j] as number);
    values[i] = value;
  }
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const p = values.map((value) => Math.exp(value - largest));
  const sum = p.reduce((a, b) => a + b, 0);
  slope.value += Math.log(sum) + largest - (values[right] as number);
  const mean = new Float64Array(n);
  for (let i = 0; i < size; i += 1) {
    p[i] = (p[i] as number) / sum;
    for (let j = 0; j < n; j += 1)
      mean[j] = (mean[j] as number) + (p[i] as number) * (columns[i * n + j] as number);
  }
  for (let j = 0; j < n; j += 1) {
    slope.gradient[j] =
      (slope.gradient[j] as number) + (mean[j] as number) - (columns[right * n + j] as number);
  }
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < n; j += 1) {
      const left = (p[i] as number) * ((columns[i * n + j] as number) - (mean[j] as number));
      if (left === 0) continue;
      for (let k = 0; k < n; k += 1) {
        const at = j * n + k;
        slope.hessian[at] =
          (slope.hessian[at] as number) + left * ((columns[i * n + k] as number) - (mean[k] as number));
      }
    }
  }
}
