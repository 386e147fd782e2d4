/** Where time comes from (law 9): the system's in production, a test's own elsewhere. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** The computer's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
