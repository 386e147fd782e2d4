/** Sparse rows, one after the other: row `r` is `ids[start[r] … start[r+1]-1]` with the same places of `values`. */
export interface Matrix {
  readonly start: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
  readonly rows: number;
}

/** One sparse vector. */
export interface Vector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** Stacks vectors into a matrix. */
export function stack(vectors: readonly Vector[]): Matrix {
  let size = 0;
  for (const vector of vectors) size += vector.ids.length;
  const start = new Int32Array(vectors.length + 1);
  const ids = new Int32Array(size);
  const values = new Float32Array(size);
  let at = 0;
  vectors.forEach((vector, row) => {
    ids.set(vector.ids, at);
    values.set(vector.values, at);
    at += vector.ids.length;
    start[row + 1] = at;
  });
  return { start, ids, values, rows: vectors.length };
}

/** The same numbers by column: row `c` of the result lists the rows of `matrix` that have column `c`. */
export function transpose(matrix: Matrix, columns: number): Matrix {
  const start = new Int32Array(columns + 1);
  for (const id of matrix.ids) start[id + 1] = (start[id + 1] as number) + 1;
  for (let c = 0; c < columns; c += 1) start[c + 1] = (start[c + 1] as number) + (start[c] as number);
  const next = start.slice(0, columns);
  const ids = new Int32Array(matrix.ids.length);
  const values = new Float32Array(matrix.ids.length);
  for (let row = 0; row < matrix.rows; row += 1) {
    const end = matrix.start[row + 1] as number;
    for (let i = matrix.start[row] as number; i < end; i += 1) {
      const column = matrix.ids[i] as number;
      const place = next[column] as number;
      next[column] = place + 1;
      ids[place] = row;
      values[place] = matrix.values[i] as number;
    }
  }
  return { start, ids, values, rows: columns };
}
