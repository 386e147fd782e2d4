/** A smooth convex objective at one point: its value, gradient and Hessian (by rows). Lower is better. */
export interface Slope {
  value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

const rounds = 40;
const halvings = 8;

/**
 * Minimises a convex function by Newton steps, halved until they help.
 * `at` fills a zeroed slope for the given weights; `keep` may push weights back into their bounds.
 */
export function minimise(
  start: Float64Array,
  at: (weights: Float64Array, slope: Slope) => void,
  keep: (weights: Float64Array) => void = () => undefined,
): Float64Array {
  const n = start.length;
  const evaluate = (weights: Float64Array): Slope => {
    const slope = { value: 0, gradient: new Float64Array(n), hessian: new Float64Array(n * n) };
    at(weights, slope);
    return slope;
  };
  let weights = Float64Array.from(start);
  let slope = evaluate(weights);
  for (let round = 0; round < rounds; round += 1) {
    const step = solve(slope.hessian, slope.gradient, n);
    let better = false;
    let scale = 1;
    for (let half = 0; half < halvings && !better; half += 1, scale /= 2) {
      const tried = Float64Array.from(weights, (weight, j) => weight - scale * (step[j] as number));
      keep(tried);
      const there = evaluate(tried);
      if (there.value < slope.value - 1e-6) {
        better = true;
        const gain = slope.value - there.value;
        weights = tried;
        slope = there;
        if (gain < 1e-4) return weights;
      }
    }
    if (!better) break;
  }
  return weights;
}

/** Solves the symmetric positive system `a x = b` by Gaussian elimination; `a` is by rows, n × n. */
function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
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
