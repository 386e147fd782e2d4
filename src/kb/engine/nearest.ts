import type { Matrix, Vector } from './matrix.ts';

/** The examples by article, to find the one nearest to a question. */
export interface NearestIndex {
  /** Unit rows, one for each example, those of an article side by side. */
  readonly rows: Matrix;
  /** By article: its first row; one more at the end. */
  readonly first: Int32Array;
  /** Room for one question, by column; all zero between questions. */
  readonly scratch: Float32Array;
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
  return { rows: reorder(rows, order), first, scratch: new Float32Array(columns) };
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

/** Sets `best[article]`, for the given articles, to the cosine between the question and the article's nearest example. */
export function scoreNearest(
  { rows, first, scratch }: NearestIndex,
  question: Vector,
  articles: Int32Array,
  best: Float32Array,
): void {
  const { start, ids, values } = rows;
  for (let i = 0; i < question.ids.length; i += 1)
    scratch[question.ids[i] as number] = question.values[i] as number;
  for (const c of articles) {
    let most = 0;
    const end = first[c + 1] as number;
    for (let row = first[c] as number; row < end; row += 1) {
      let cosine = 0;
      const to = start[row + 1] as number;
      for (let i = start[row] as number; i < to; i += 1)
        cosine += (scratch[ids[i] as number] as number) * (values[i] as number);
      if (cosine > most) most = cosine;
    }
    best[c] = most;
  }
  for (let i = 0; i < question.ids.length; i += 1) scratch[question.ids[i] as number] = 0;
}
