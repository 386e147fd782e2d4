import { minimise, type Slope } from './newton.ts';

/** One case: its columns (the last is the constant) and whether the event happened. */
export interface Case {
  readonly columns: Float64Array;
  readonly happened: boolean;
  /** How many cases it stands for. */
  readonly weight: number;
}

/** Logistic regression drawn towards `prior`, as if that had been seen in `strength` / p(1-p) cases per column. */
export function fitLogistic(cases: readonly Case[], prior: Float64Array, strength: number): Float64Array {
  const n = prior.length;
  return minimise(prior, (weights, slope) => {
    for (let j = 0; j < n; j += 1) {
      const off = (weights[j] as number) - (prior[j] as number);
      slope.value += (strength * off * off) / 2;
      slope.gradient[j] = strength * off;
      slope.hessian[j * n + j] = strength;
    }
    for (const one of cases) addCase(one, weights, slope);
  });
}

function addCase({ columns, happened, weight }: Case, weights: Float64Array, slope: Slope): void {
  const n = columns.length;
  const p = probability(columns, weights);
  slope.value -= weight * Math.log(Math.max(1e-12, happened ? p : 1 - p));
  const miss = weight * (p - (happened ? 1 : 0));
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

/** The probability that the event happens, 0 to 1. */
export function probability(columns: Float64Array, weights: Float64Array): number {
  let value = 0;
  for (let j = 0; j < columns.length; j += 1) value += (columns[j] as number) * (weights[j] as number);
  return 1 / (1 + Math.exp(-value));
}
