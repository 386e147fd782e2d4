import type { Matrix, Vector } from './matrix.ts';

/** Finds the examples nearest to a question through an inverted index. */
export interface NearestIndex {
  /** By feature: the examples that have it. */
  readonly postings: Matrix;
  /** Class of each example. */
  readonly label: Int32Array;
}

/** Raises `best[class]` to the cosine between the question and the class's nearest example. */
export function scoreNearest(index: NearestIndex, question: Vector, best: Float32Array): void {
  const { start, ids, values } = index.postings;
  const cosine = new Float32Array(index.label.length);
  for (let i = 0; i < question.ids.length; i += 1) {
    const feature = question.ids[i] as number;
    const value = question.values[i] as number;
    const end = start[feature + 1] as number;
    for (let at = start[feature] as number; at < end; at += 1) {
      const row = ids[at] as number;
      cosine[row] = (cosine[row] as number) + value * (values[at] as number);
    }
  }
  for (let row = 0; row < cosine.length; row += 1) {
    const c = index.label[row] as number;
    if (c >= 0 && (cosine[row] as number) > (best[c] as number)) best[c] = cosine[row] as number;
  }
}
