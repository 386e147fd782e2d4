import { priorRankWeights, rankColumns } from './rank.ts';

/** One question of the cross-validation: the columns of its candidates, one after the other, and which one is right. */
export interface Choice {
  readonly columns: Float64Array;
  readonly right: number;
}

/** Strength of the prior, in questions. */
const priorStrength = 20;
const rounds = 60;

/**
 * Fits the conditional logit over `choices` by damped Newton steps; few choices stay close to the prior weights.
 * Gives the weights of the columns, none of them negative but the constant.
 */
export function fitCombination(choices: readonly Choice[]): Float64Array {
  const n = rankColumns;
  const weights = Float64Array.from(priorRankWeights);
  for (let round = 0; round < rounds; round += 1) {
    const gradient = new Float64Array(n);
    const hessian = new Float64Array(n * n);
    for (let j = 0; j < n; j += 1) {
      const scale = priorStrength / (1 + (priorRankWeights[j] as number) ** 2);
      gradient[j] = scale * ((priorRankWeights[j] as number) - (weights[j] as number));
      hessian[j * n + j] = scale;
    }
    for (const choice of choices) accumulate(choice, weights, gradient, hessian);
    const change = solve(hessian, gradient, n);
    let largest = 0;
    for (let j = 0; j < n; j += 1) {
      const step = Math.max(-2, Math.min(2, change[j] as number));
      const next = (weights[j] as number) + step;
      const bounded = j === n - 1 ? next : Math.max(0, next);
      largest = Math.max(largest, Math.abs(bounded - (weights[j] as number)));
      weights[j] = bounded;
    }
    if (largest < 1e-3) break;
  }
  return weights;
}

function accumulate(
  choice: Choice,
  weights: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const n = rankColumns;
  const size = choice.columns.length / n;
  const p = new Float64Array(size);
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < size; i += 1) {
    let value = 0;
    for (let j = 0; j < n; j += 1) value += (weights[j] as number) * (choice.columns[i * n + j] as number);
    p[i] = value;
    largest = Math.max(largest, value);
  }
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    p[i] = Math.exp((p[i] as number) - largest);
    sum += p[i] as number;
  }
  const mean = new Float64Array(n);
  for (let i = 0; i < size; i += 1) {
    p[i] = (p[i] as number) / sum;
    for (let j = 0; j < n; j += 1)
      mean[j] = (mean[j] as number) + (p[i] as number) * (choice.columns[i * n + j] as number);
  }
  for (let j = 0; j < n; j += 1) {
    gradient[j] =
      (gradient[j] as number) + (choice.columns[choice.right * n + j] as number) - (mean[j] as number);
  }
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < n; j += 1) {
      const left = (p[i] as number) * ((choice.columns[i * n + j] as number) - (mean[j] as number));
      if (left === 0) continue;
      for (let k = 0; k < n; k += 1) {
        hessian[j * n + k] =
          (hessian[j * n + k] as number) +
          left * ((choice.columns[i * n + k] as number) - (mean[k] as number));
      }
    }
  }
}

/** Solves the symmetric positive system `a x = b` by Gaussian elimination; `a` is by rows, n × n. */
export function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const m = Float64Array.from(a);
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i += 1) {
    const pivot = m[i * n + i] as number;
    if (Math.abs(pivot) < 1e-12) continue;
    for (let r = i + 1; r < n; r += 1) {
      const factor = (m[r * n + i] as number) / pivot;
      if (factor === 0) continue;
      for (let k = i; k < n; k += 1)
        m[r * n + k] = (m[r * n + k] as number) - factor * (m[i * n + k] as number);
      x[r] = (x[r] as number) - factor * (x[i] as number);
    }
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let value = x[i] as number;
    for (let k = i + 1; k < n; k += 1) value -= (m[i * n + k] as number) * (x[k] as number);
    const pivot = m[i * n + i] as number;
    x[i] = Math.abs(pivot) < 1e-12 ? 0 : value / pivot;
  }
  return x;
}
