import { RelevoError } from '../../core/errors.ts';

/** A place in an address's history: everything up to and including this commit has been seen. */
export interface HistoryPlace {
  readonly ordinal: number;
  readonly seq: number;
}

/**
 * A place in a visitor's history. `part` says how many messages of that commit have been seen;
 * null: all of them.
 */
export interface ChatCursor extends HistoryPlace {
  readonly part: number | null;
}

/** Where a history begins. */
export const beginning: ChatCursor = { ordinal: 0, seq: 0, part: null };

/** Nine digits: what every store can count to. */
const pattern = /^(\d{1,9})\.(\d{1,9})(?:\.(\d{1,3}))?$/u;

/** The cursor as clients carry it; they must not read anything into it. */
export function formatCursor({ ordinal, seq, part }: ChatCursor): string {
  return part === null ? `${ordinal}.${seq}` : `${ordinal}.${seq}.${part}`;
}

/**
 * Reads a cursor that a client carried.
 * @throws RelevoError `invalid_cursor`
 */
export function parseCursor(text: string): ChatCursor {
  const [, ordinal, seq, part] = pattern.exec(text) ?? [];
  if (ordinal === undefined || seq === undefined || (part !== undefined && Number(seq) === 0)) {
    throw new RelevoError('invalid_cursor', 'The cursor is not one that this server gave.', {
      hint: 'Leave it out to get the latest messages and a fresh cursor.',
    });
  }
  return { ordinal: Number(ordinal), seq: Number(seq), part: part === undefined ? null : Number(part) };
}

/** The last commit that has been seen whole: where a store is to read on. */
export function readFrom({ ordinal, seq, part }: ChatCursor): HistoryPlace {
  return { ordinal, seq: part === null ? seq : seq - 1 };
}
