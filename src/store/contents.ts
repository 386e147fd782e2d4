/** What a store holds, by kind, in the order in which it is moved. Read models and trained engines are made anew. */
export const kinds = [
  'commits',
  'effects',
  'cursors',
  'quarantine',
  'files',
  'people',
  'join_codes',
  'drafts',
  'bases',
  'settled_gaps',
  'audit',
  'users',
  'sessions',
  'tokens',
  'joiners',
  'invitations',
  'numbers',
] as const;

/** A kind of what a store holds. */
export type Kind = (typeof kinds)[number];

/** One row as every engine can read it: JSON, with the fields of the PostgreSQL tables. */
export type Row = Readonly<Record<string, unknown>>;

/** All that one store holds, to be moved into another. Nobody else may write to either meanwhile. */
export interface Contents {
  /** Rows in an order of the store's own that never changes. @param after the last one that was read; null: from the beginning */
  read(kind: Kind, after: Row | null, limit: number): Promise<Row[]>;
  /** Adds rows, each in place of one with the same key. */
  write(kind: Kind, rows: readonly Row[]): Promise<void>;
  count(kind: Kind): Promise<number>;
  /** How far a copy into this store has come; null when none is under way. */
  mark(): Promise<string | null>;
  /** @param value null: it is finished */
  setMark(value: string | null): Promise<void>;
  stop(): Promise<void>;
}

/** The cursor in which a copy notes how far it has come; it is never moved itself. */
export const markName = 'relevo/copy';
