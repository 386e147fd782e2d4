/** A platform's payload that nobody could read. */
export interface Quarantined {
  readonly key: string;
  readonly channel: string;
  readonly at: number;
  readonly reason: string;
  readonly raw: string;
}

/** Payloads that could not be read: kept until a person has looked at them. */
export interface Quarantine {
  /** The same key again changes nothing. */
  add(item: Quarantined): Promise<void>;
  /** Newest first, without what they hold. */
  list(limit: number): Promise<(Omit<Quarantined, 'raw'> & { readonly characters: number })[]>;
  get(key: string): Promise<Quarantined | null>;
  /** @returns false when there was none */
  drop(key: string): Promise<boolean>;
  count(): Promise<number>;
}
