import { type Matrix, stack, type Vector } from './matrix.ts';

/** Finds the examples nearest to a question through an inverted index. */
export interface NearestIndex {
  /** By feature: the examples that have it. */
  readonly postings: Matrix;
  /** Class of each example. */
  readonly label: Int32Array;
}

/** The index keeps so many entries, or `entriesPerExample` for each example where that is more. */
const entriesInAll = 1_800_000;
const entriesPerExample = 25;

/**
 * Indexes unit rows, given by column. In large bases the commonest features are left out: they cost most of the time
 * and memory and say least; the cosines are scaled up by what is missing on average.
 */
export function indexNearest(columns: Matrix, label: Int32Array): NearestIndex {
  const most = Math.max(entriesInAll, entriesPerExample * label.length);
  if (columns.ids.length <= most) return { postings: columns, label };
  const { start, ids, values } = columns;
  const lengths = Int32Array.from(
    { length: columns.rows },
    (_, c) => (start[c + 1] as number) - (start[c] as number),
  );
  const longest = longestWithin(lengths, most);
  const kept: Vector[] = [];
  let mass = 0;
  let total = 0;
  lengths.forEach((length, c) => {
    const from = start[c] as number;
    const keep = length <= longest;
    for (let i = from; i < from + length; i += 1) {
      const square = (values[i] as number) ** 2;
      total += square;
      if (keep) mass += square;
    }
    const to = keep ? from + length : from;
    kept.push({ ids: ids.subarray(from, to), values: values.subarray(from, to) });
  });
  const postings = stack(kept);
  for (let i = 0; i < postings.values.length; i += 1) {
    postings.values[i] = ((postings.values[i] as number) * total) / mass;
  }
  return { postings, label };
}

/** The longest posting list that can be kept when all shorter ones are kept and `most` entries in all. */
function longestWithin(lengths: Int32Array, most: number): number {
  let sum = 0;
  let longest = 0;
  for (const length of lengths.slice().sort()) {
    sum += length;
    if (sum > most) break;
    longest = length;
  }
  return longest;
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
