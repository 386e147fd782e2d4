/** When a tier works: what its deadlines are counted in. Moments are epoch milliseconds. */
export interface Hours {
  /** The IANA zone that the hours are told in, such as `Europe/Madrid`; null: they are the same everywhere. */
  readonly timeZone: string | null;
  isOpen(at: number): boolean;
  /** The moment itself when it is open, else the next opening. */
  opensAt(at: number): number;
  /** The first moment by which this much open time has gone by; for 0 the moment itself. */
  after(at: number, durationMs: number): number;
  /** Open time from one moment to another, in milliseconds; 0 when `until` is not later. */
  between(from: number, until: number): number;
}

/** Open day and night. */
export const always: Hours = {
  timeZone: null,
  isOpen: () => true,
  opensAt: (at) => at,
  after: (at, durationMs) => at + durationMs,
  between: (from, until) => Math.max(0, until - from),
};
