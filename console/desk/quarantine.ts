/** Something that a platform sent and nobody could read. */
export interface Quarantined {
  readonly key: string;
  readonly channel: string;
  /** ISO 8601. */
  readonly at: string;
  /** What was wrong with it. */
  readonly reason: string;
  readonly characters: number;
}

/** Newest first. */
export interface QuarantineList {
  readonly items: readonly Quarantined[];
  /** Of all, listed or not. */
  readonly count: number;
}
