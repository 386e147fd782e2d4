import { setTimeout as pause } from 'node:timers/promises';

/** A message of ours that a platform took, by its own log. */
export interface Taken {
  readonly customer: string;
  /** The platform's name of it. */
  readonly id: string;
  readonly text: string;
  /** Epoch milliseconds; null where the platform notes none. */
  readonly at: number | null;
}

/** The customers of one channel, and the platform behind them with a log of its own. */
export interface Crowd {
  readonly channel: string;
  /** Whether the platform can be asked, or tells by itself, what became of a send. */
  readonly askable: boolean;
  /** Whether the platform names what it takes, and those names are kept; false where the customer's page reads our log. */
  readonly names: boolean;
  readonly variables: Readonly<Record<string, string>>;
  /** Relevo answers here. */
  connect(relevo: string): void;
  /** Resolves once the platform has its acknowledgement; it is brought again until then. */
  writes(customer: string, text: string): Promise<void>;
  /** Brings something nobody can read, until it is acknowledged. Absent: this platform has no such thing. */
  garbles?(customer: string): Promise<void>;
  /** Refuses everything to a customer from now on. Absent: this platform has no such thing. */
  blocks?(customer: string): void;
  /** How many messages reached a customer so far; null: it is not seen from here. */
  heard(customer: string): number | null;
  /** The same, by asking for it where it is not seen: it costs Relevo a request. Absent: `heard` knows. */
  reads?(customer: string): Promise<number>;
  /** All that reached the customers, in the platform's order. */
  taken(): Promise<readonly Taken[]>;
  stop(): Promise<void>;
}

const firstAgainMs = 100;
const longestAgainMs = 1_000;

/** Brings something until it is acknowledged. @param bring false or an error: it was not */
export async function insist(bring: () => Promise<boolean>, givenUp: () => boolean): Promise<void> {
  for (let waitMs = firstAgainMs; !givenUp(); waitMs = Math.min(longestAgainMs, waitMs * 2)) {
    if (await bring().catch(() => false)) return;
    await pause(waitMs);
  }
}

/** How many of a log's entries are whose, where the log only grows. @param whose whom an entry is for */
export function counting<Entry>(
  log: readonly Entry[],
  whose: (entry: Entry) => string,
): (of: string) => number {
  const counts = new Map<string, number>();
  let read = 0;
  return (of) => {
    for (; read < log.length; read += 1) {
      const entry = log[read];
      if (entry !== undefined) counts.set(whose(entry), (counts.get(whose(entry)) ?? 0) + 1);
    }
    return counts.get(of) ?? 0;
  };
}
