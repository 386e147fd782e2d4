import type { Matrix, Vector } from './matrix.ts';

/**
 * One weight vector per class, kept by feature: row `f` of `byFeature` lists classes and weights.
 * The score of a class is the sum over the features of the question; 0 is "nothing speaks for it", 1 "like its examples".
 */
export interface LinearModel {
  readonly classes: number;
  readonly byFeature: Matrix;
}

/** Regularisation of the classifier: larger fits the examples more closely. Best mean over the public sets. */
const cost = 1;
const passes = 12;
const activePasses = 3;
/** Weights below this share of their vector's largest are dropped: they move no decision and take most of the memory. */
const pruneBelow = 2e-3;

/**
 * One-vs-rest squared hinge by dual coordinate descent (Hsieh et al. 2008), with a fixed offset: an example of another
 * class is asked to score ≤ 0, one of the class ≥ 1. So most other examples never enter a class's problem.
 * `label[row]` is the class of a row, -1 for an example of none.
 */
export function trainLinear(rows: Matrix, label: Int32Array, classes: number, columns: number): LinearModel {
  const weights = new Float32Array(columns);
  const touched = new Uint8Array(columns);
  const members = groupByLabel(label, classes);
  const entries: { ids: Int32Array; values: Float32Array }[] = [];
  const alpha = new Float32Array(rows.rows);
  for (let c = 0; c < classes; c += 1) {
    entries.push(trainOne(rows, label, c, members[c] ?? [], weights, touched, alpha));
  }
  return { classes, byFeature: gather(entries, columns) };
}

/** Adds the scores of all classes for one question to `scores`. */
export function scoreLinear(model: LinearModel, question: Vector, scores: Float32Array): void {
  const { start, ids, values } = model.byFeature;
  for (let i = 0; i < question.ids.length; i += 1) {
    const feature = question.ids[i] as number;
    const value = question.values[i] as number;
    const end = start[feature + 1] as number;
    for (let at = start[feature] as number; at < end; at += 1) {
      const c = ids[at] as number;
      scores[c] = (scores[c] as number) + value * (values[at] as number);
    }
  }
}

function groupByLabel(label: Int32Array, classes: number): number[][] {
  const members: number[][] = Array.from({ length: classes }, () => []);
  label.forEach((c, row) => members[c]?.push(row));
  return members;
}

function trainOne(
  rows: Matrix,
  label: Int32Array,
  c: number,
  positives: readonly number[],
  weights: Float32Array,
  touched: Uint8Array,
  alpha: Float32Array,
): Vector {
  const { start, ids, values } = rows;
  const used: number[] = [];
  const shift = 0.5 / cost;
  if (positives.length === 0) return { ids: new Int32Array(0), values: new Float32Array(0) };
  // y(2s - 1) ≥ 1 in terms of the score s: positives need s ≥ 1, the others s ≤ 0.
  const step = (row: number): number => {
    const from = start[row] as number;
    const to = start[row + 1] as number;
    let score = 0;
    for (let i = from; i < to; i += 1) score += (weights[ids[i] as number] as number) * (values[i] as number);
    const old = alpha[row] as number;
    const positive = label[row] === c;
    const gradient = (positive ? score - 1 : -score) + shift * old;
    const fresh = Math.max(0, old - gradient / (1 + shift));
    const change = fresh - old;
    if (Math.abs(change) < 1e-6) return 0;
    alpha[row] = fresh;
    const signed = positive ? change : -change;
    for (let i = from; i < to; i += 1) {
      const id = ids[i] as number;
      weights[id] = (weights[id] as number) + signed * (values[i] as number);
      if (touched[id] === 0) {
        touched[id] = 1;
        used.push(id);
      }
    }
    return Math.abs(change);
  };
  for (const row of positives) step(row);
  const active = new Int32Array(rows.rows);
  for (let pass = 0; pass < passes; ) {
    let size = 0;
    for (let row = 0; row < rows.rows; row += 1) {
      if (label[row] === c || step(row) > 0 || (alpha[row] as number) > 0) {
        active[size] = row;
        size += 1;
      }
    }
    pass += 1;
    let moved = 0;
    for (let inner = 0; inner < activePasses && pass < passes; inner += 1, pass += 1) {
      moved = 0;
      for (let i = 0; i < size; i += 1) moved = Math.max(moved, step(active[i] as number));
      if (moved < 0.01) break;
    }
    if (moved < 0.01 && pass > 4) break;
  }
  alpha.fill(0);
  return drain(used, weights, touched);
}

/** Takes the weights worth keeping out of the scratch vector and leaves it zero. */
function drain(used: readonly number[], weights: Float32Array, touched: Uint8Array): Vector {
  let largest = 0;
  for (const id of used) largest = Math.max(largest, Math.abs(weights[id] as number));
  const kept = used.filter((id) => Math.abs(weights[id] as number) > pruneBelow * largest);
  const ids = Int32Array.from(kept);
  const values = Float32Array.from(kept, (id) => weights[id] as number);
  for (const id of used) {
    weights[id] = 0;
    touched[id] = 0;
  }
  return { ids, values };
}

function gather(vectors: readonly Vector[], columns: number): Matrix {
  const start = new Int32Array(columns + 1);
  for (const { ids } of vectors) for (const id of ids) start[id + 1] = (start[id + 1] as number) + 1;
  for (let f = 0; f < columns; f += 1) start[f + 1] = (start[f + 1] as number) + (start[f] as number);
  const size = start[columns] as number;
  const next = start.slice(0, columns);
  const ids = new Int32Array(size);
  const values = new Float32Array(size);
  vectors.forEach((vector, c) => {
    vector.ids.forEach((feature, i) => {
      const place = next[feature] as number;
      next[feature] = place + 1;
      ids[place] = c;
      values[place] = vector.values[i] as number;
    });
  });
  return { start, ids, values, rows: columns };
}
