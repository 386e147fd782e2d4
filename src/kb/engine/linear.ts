import type { Matrix, Vector } from './matrix.ts';
import { shuffled } from './random.ts';
import { Rivals } from './rivals.ts';
import { thresholdFor } from './selection.ts';

/**
 * One weight vector per class, kept by feature: row `f` of `byFeature` lists classes and weights.
 * The score of a class is the sum over the features of the question; 0 is "nothing speaks for it", 1 "like its examples".
 */
export interface LinearModel {
  readonly classes: number;
  readonly byFeature: Matrix;
}

/** What the classifier learns from: unit rows, the same by column, the class of each row (-1: of none). */
export interface LinearTask {
  readonly rows: Matrix;
  readonly columns: Matrix;
  readonly label: Int32Array;
  readonly classes: number;
}

/** Regularisation: larger fits the examples more closely. Best mean over the public sets. */
const cost = 0.7;
/** Each round visits all rows once and those that matter `innerPasses` times more. */

const roundsAtMost = 3;
const innerPasses = 2;
/** Smaller changes are not made. */
const leastStep = 1e-4;
/** A class is done when no example moves by more. */
const settled = 0.02;
/** Smaller weights are dropped: they move no decision and take most of the memory. */
const pruneBelow = 1e-3;
/** All classes together keep so many weights, but each `leastWeights` at least. */
const weightsInAll = 1_500_000;
const leastWeights = 200;

/**
 * One-vs-rest squared hinge by dual coordinate descent (Hsieh et al. 2008), with a fixed offset: an example of another
 * class is asked to score ≤ 0, one of the class ≥ 1. In large bases a class is set against its hardest rivals only.
 */
export function trainLinear(task: LinearTask, random: () => number): LinearModel {
  const { rows, columns, label, classes } = task;
  const scratch: Scratch = {
    weights: new Float32Array(columns.rows),
    alpha: new Float32Array(rows.rows),
    active: new Int32Array(rows.rows),
    ids: new Int32Array(columns.rows),
    values: new Float32Array(columns.rows),
  };
  const members: number[][] = Array.from({ length: classes }, () => []);
  label.forEach((c, row) => {
    members[c]?.push(row);
  });
  const rivals = new Rivals(rows, columns, classes, shuffled(rows.rows, random));
  const vectors = members.map((positives, c) => {
    if (positives.length === 0) return { ids: new Int32Array(0), values: new Float32Array(0) };
    return trainOne(task, c, positives, rivals.of(positives), scratch);
  });
  return { classes, byFeature: gather(vectors, columns.rows) };
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

interface Scratch {
  readonly weights: Float32Array;
  readonly alpha: Float32Array;
  readonly active: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

function trainOne(
  { rows, label, classes }: LinearTask,
  c: number,
  positives: readonly number[],
  order: Int32Array,
  scratch: Scratch,
): Vector {
  const { weights, alpha, active } = scratch;
  const { start, ids, values } = rows;
  // The few examples of the class weigh as much as the square root of their rarity.
  const ownShift = 0.5 / (cost * Math.sqrt(rows.rows / positives.length));
  const otherShift = 0.5 / cost;
  const step = (row: number): number => {
    const from = start[row] as number;
    const to = start[row + 1] as number;
    let score = 0;
    for (let i = from; i < to; i += 1) score += (weights[ids[i] as number] as number) * (values[i] as number);
    const old = alpha[row] as number;
    const own = label[row] === c;
    const shift = own ? ownShift : otherShift;
    const fresh = Math.max(0, old - ((own ? score - 1 : -score) + shift * old) / (1 + shift));
    const change = fresh - old;
    if (Math.abs(change) < leastStep) return 0;
    alpha[row] = fresh;
    const signed = own ? change : -change;
    for (let i = from; i < to; i += 1) {
      const id = ids[i] as number;
      weights[id] = (weights[id] as number) + signed * (values[i] as number);
    }
    return Math.abs(change);
  };
  for (const row of positives) step(row);
  for (let round = 0; round < roundsAtMost; round += 1) {
    let size = 0;
    let moved = 0;
    for (const row of order) {
      moved = Math.max(moved, step(row));
      if (label[row] === c || (alpha[row] as number) > 0) {
        active[size] = row;
        size += 1;
      }
    }
    for (let inner = 0; inner < innerPasses && moved >= settled; inner += 1) {
      let most = 0;
      for (let i = 0; i < size; i += 1) most = Math.max(most, step(active[i] as number));
      if (most < settled) break;
    }
    if (moved < settled) break;
  }
  for (const row of order) alpha[row] = 0;
  return drain(rows, order, scratch, Math.max(leastWeights, Math.floor(weightsInAll / classes)));
}

/** Takes the weights worth keeping, at most `most`, out of the scratch vector and leaves it zero. */
function drain(rows: Matrix, order: Int32Array, scratch: Scratch, most: number): Vector {
  const { weights, ids, values } = scratch;
  let size = 0;
  for (const row of order) {
    const end = rows.start[row + 1] as number;
    for (let i = rows.start[row] as number; i < end; i += 1) {
      const id = rows.ids[i] as number;
      const weight = weights[id] as number;
      if (weight === 0) continue;
      weights[id] = 0;
      if (Math.abs(weight) < pruneBelow) continue;
      ids[size] = id;
      values[size] = weight;
      size += 1;
    }
  }
  if (size > most) {
    const least = thresholdFor(values.subarray(0, size).map(Math.abs), most);
    let kept = 0;
    for (let i = 0; i < size; i += 1) {
      const weight = values[i] as number;
      if (Math.abs(weight) < least) continue;
      ids[kept] = ids[i] as number;
      values[kept] = weight;
      kept += 1;
    }
    size = kept;
  }
  return { ids: ids.slice(0, size), values: values.slice(0, size) };
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
