import type { Matrix } from './matrix.ts';
import { thresholdFor } from './selection.ts';

/** All classes together are set against so many examples, but each against `leastRivals` at least. */

const rivalsInAll = 50_000;
const leastRivals = 40;
/** A feature that more examples have says little about who rivals whom. */
const commonAtMost = 300;
const commonAtLeast = 60;
/** All classes together look through so many lists of the longest kind. */
const commonInAll = 600_000;

/** Picks the examples that a class is trained on: all of them in small bases, the hardest ones in large bases. */
export class Rivals {
  readonly #rows: Matrix;
  readonly #columns: Matrix;
  readonly #order: Int32Array;
  readonly #place: Int32Array;
  readonly #most: number;
  readonly #commonFrom: number;
  readonly #sum: Float32Array;
  readonly #alike: Float32Array;
  readonly #touched: Int32Array;
  readonly #scores: Float32Array;

  /** `columns` is `rows` transposed; `order` is the random order in which rows are visited. */
  constructor(rows: Matrix, columns: Matrix, classes: number, order: Int32Array) {
    this.#rows = rows;
    this.#columns = columns;
    this.#order = order;
    this.#place = new Int32Array(order.length);
    order.forEach((row, place) => {
      this.#place[row] = place;
    });
    this.#most = Math.max(leastRivals, Math.floor(rivalsInAll / Math.max(1, classes)));
    this.#commonFrom = Math.max(
      commonAtLeast,
      Math.min(commonAtMost, Math.floor(commonInAll / Math.max(1, classes))),
    );
    this.#touched = new Int32Array(rows.rows);
    this.#scores = new Float32Array(rows.rows);
    this.#sum = new Float32Array(columns.rows);
    this.#alike = new Float32Array(rows.rows);
  }

  /** The rows of the class and those most like them, in visiting order. */
  of(own: readonly number[]): Int32Array {
    if (own.length + this.#most >= this.#rows.rows) return this.#order;
    const size = this.#compare(this.#total(own));
    const alike = this.#alike;
    const touched = this.#touched;
    const scores = this.#scores.subarray(0, size);
    for (const row of own) alike[row] = 0;
    for (let i = 0; i < size; i += 1) scores[i] = alike[touched[i] as number] as number;
    const least = thresholdFor(scores, this.#most);
    const chosen = [...own];
    for (let i = 0; i < size; i += 1) {
      const row = touched[i] as number;
      if ((scores[i] as number) > 0 && (scores[i] as number) >= least) chosen.push(row);
      alike[row] = 0;
    }
    const place = this.#place;
    return Int32Array.from(chosen).sort((a, b) => (place[a] as number) - (place[b] as number));
  }

  /** Adds up the rare features of the rows into the scratch vector; gives which they are. */
  #total(own: readonly number[]): number[] {
    const { start, ids, values } = this.#rows;
    const used: number[] = [];
    for (const row of own) {
      const end = start[row + 1] as number;
      for (let i = start[row] as number; i < end; i += 1) {
        const id = ids[i] as number;
        if ((this.#columns.start[id + 1] as number) - (this.#columns.start[id] as number) > this.#commonFrom)
          continue;
        if (this.#sum[id] === 0) used.push(id);
        this.#sum[id] = (this.#sum[id] as number) + (values[i] as number);
      }
    }
    return used;
  }

  /** Compares all rows with the scratch vector and empties it; gives how many rows have anything of it. */
  #compare(used: readonly number[]): number {
    const { start, ids, values } = this.#columns;
    const touched = this.#touched;
    let size = 0;
    for (const id of used) {
      const weight = this.#sum[id] as number;
      this.#sum[id] = 0;
      const end = start[id + 1] as number;
      for (let i = start[id] as number; i < end; i += 1) {
        const row = ids[i] as number;
        if (this.#alike[row] === 0) {
          touched[size] = row;
          size += 1;
        }
        this.#alike[row] = (this.#alike[row] as number) + weight * (values[i] as number);
      }
    }
    return size;
  }
}
