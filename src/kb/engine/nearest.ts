import { type Matrix, transpose, type Vector } from './matrix.ts';

/** The examples by article, to find the one nearest to a question. */
export interface NearestIndex {
  /** By feature: the examples that have it, ascending; those of an article are side by side. */
  readonly postings: Matrix;
  /** By article: its first example; one more at the end. */
  readonly first: Int32Array;
  /** Room for the cosines of one question, and for which examples are compared; all zero between questions. */
  readonly scratch: { readonly cosine: Float32Array; readonly wanted: Uint8Array };
}

/** Indexes unit rows over `columns` columns; `label` is the article of each. */
export function indexNearest(
  rows: Matrix,
  label: Int32Array,
  articles: number,
  columns: number,
): NearestIndex {
  const first = new Int32Array(articles + 1);
  for (const c of label) first[c + 1] = (first[c + 1] as number) + 1;
  for (let c = 0; c < articles; c += 1) first[c + 1] = (first[c + 1] as number) + (first[c] as number);
  const next = first.slice(0, articles);
  const order = new Int32Array(label.length);
  label.forEach((c, row) => {
    const place = next[c] as number;
    next[c] = place + 1;
    order[place] = row;
  });
  return nearestIndex(transpose(reorder(rows, order), columns), first);
}

/** Puts an index together from what is kept of it. */
export function nearestIndex(postings: Matrix, first: Int32Array): NearestIndex {
  const examples = first.at(-1) ?? 0;
  return {
    postings,
    first,
    scratch: { cosine: new Float32Array(examples), wanted: new Uint8Array(examples) },
  };
}

function reorder(rows: Matrix, order: Int32Array): Matrix {
  const start = new Int32Array(order.length + 1);
  const ids = new Int32Array(rows.ids.length);
  const values = new Float32Array(rows.values.length);
  let at = 0;
  order.forEach((row, place) => {
    const from = rows.start[row] as number;
    const to = rows.start[row + 1] as number;
    ids.set(rows.ids.subarray(from, to), at);
    values.set(rows.values.subarray(from, to), at);
    at += to - from;
    start[place + 1] = at;
  });
  return { start, ids, values, rows: order.length };
}

/** Comparing ends with the article that makes them so many examples, but the first few are always compared. */
const comparedInAll = 500;
const comparedAlways = 4;

/** As many of the articles, likeliest first, as there is time to compare with. */
function affordable(first: Int32Array, articles: Int32Array): Int32Array {
  let examples = 0;
  const end = articles.findIndex((c, at) => {
    if (at >= comparedAlways && examples >= comparedInAll) return true;
    examples += (first[c + 1] as number) - (first[c] as number);
    return false;
  });
  return end < 0 ? articles : articles.subarray(0, end);
}

/** A list that is longer, for each article asked for, is searched instead of read through. */
const readThrough = 32;

/**
 * Sets `best[article]` to the cosine between the question and the article's nearest example, for the articles given,
 * likeliest first; for fewer of them where each has many examples.
 */
export function scoreNearest(
  index: NearestIndex,
  question: Vector,
  likely: Int32Array,
  best: Float32Array,
): void {
  const { first } = index;
  const articles = affordable(first, likely);
  const { cosine, wanted } = index.scratch;
  for (const c of articles) wanted.fill(1, first[c] as number, first[c + 1] as number);
  const { start } = index.postings;
  for (let i = 0; i < question.ids.length; i += 1) {
    const feature = question.ids[i] as number;
    const value = question.values[i] as number;
    const from = start[feature] as number;
    const to = start[feature + 1] as number;
    if (to - from <= readThrough * articles.length) addAll(index, from, to, value);
    else for (const c of articles) addFound(index, from, to, c, value);
  }
  for (const c of articles) {
    const from = first[c] as number;
    const to = first[c + 1] as number;
    let most = 0;
    for (let row = from; row < to; row += 1) most = Math.max(most, cosine[row] as number);
    best[c] = most;
    cosine.fill(0, from, to);
    wanted.fill(0, from, to);
  }
}

function addAll({ postings, scratch }: NearestIndex, from: number, to: number, value: number): void {
  const { ids, values } = postings;
  const { cosine, wanted } = scratch;
  for (let at = from; at < to; at += 1) {
    const row = ids[at] as number;
    if (wanted[row] === 1) cosine[row] = (cosine[row] as number) + value * (values[at] as number);
  }
}

function addFound(
  { postings, first, scratch }: NearestIndex,
  from: number,
  to: number,
  c: number,
  value: number,
): void {
  const { ids, values } = postings;
  const { cosine } = scratch;
  const wanted = first[c] as number;
  const end = first[c + 1] as number;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < to; at += 1) {
    const row = ids[at] as number;
    if (row >= end) return;
    cosine[row] = (cosine[row] as number) + value * (values[at] as number);
  }
}
