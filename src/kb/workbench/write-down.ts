import type { Json } from '../../core/json.ts';

/** Who changes something, and why. */
export interface Writer {
  readonly id: string;
  readonly name: string;
  /** In their own words; empty where none were asked for. */
  readonly reason: string;
}

/** Writes down who changed what, as it was and as it is. */
export type WriteDown = (
  writer: Writer,
  action: string,
  subject: string,
  before: Json,
  after: Json,
) => Promise<void>;

/** Things of one import that are written down one by one; of a larger one only that it was. */
export const maxWritten = 300;
