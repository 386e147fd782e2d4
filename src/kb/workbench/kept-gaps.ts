import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import type { ProposedGap } from '../gap-work.ts';

/** Gaps as they were found last. */
export interface FoundGaps {
  readonly gaps: readonly ProposedGap[];
  /** The moment they were found at, in epoch milliseconds; null: not yet. */
  readonly at: number | null;
  /** Whether they are being found anew: who asks again in a second or so may see others. */
  readonly finding: boolean;
}

/** Gaps as they were found last, while they are found anew behind the back of whoever asks. */
export interface KeptGaps {
  /** Answers at once. @param days how far they look back. @throws what finding them threw, where there are none to show */
  look(days: number): Promise<FoundGaps>;
  /** One of them, which is waited for where it is not known yet. */
  one(id: string, days: number): Promise<ProposedGap | undefined>;
  /** Something was decided about a gap: it is not shown any more. */
  drop(id: string): void;
  /** A decision was taken back: the others are found anew at once. */
  forget(): void;
}

/** What keeping them takes. */
export interface KeptGapsDeps {
  /** What gaps are made of, as one word: the same as long as they would be the same. */
  readonly made: () => Promise<string>;
  /** Finds and groups, which may take long. */
  readonly find: (days: number) => Promise<readonly ProposedGap[]>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/** Who asks waits so long for what is nearly there. */
const graceMs = 25;
/** So long nobody looks whether there is anything new. */
const restMs = 2_000;
/** What took long to find is found anew only after so many times as long. */
const rests = 10;
/** Periods kept. */
const maxKept = 5;

interface Kept {
  readonly gaps: readonly ProposedGap[];
  readonly made: string;
  readonly at: number;
  readonly tookMs: number;
  /** When somebody last looked whether there is anything new. */
  lookedAt: number;
  /** Something was taken back since. */
  stale: boolean;
}

/** Keeps what was found. */
export function createKeptGaps({ made, find, clock, log }: KeptGapsDeps): KeptGaps {
  const kept = new LRUCache<number, Kept>({ max: maxKept });
  const under = new Map<number, Promise<void>>();
  const failed = new Map<number, unknown>();
  const droppedAt = new Map<string, number>();
  let taken = 0;
  let decisions = 0;

  /** Looks whether they would be others now, and finds them. @param patient whether what took long may wait */
  function renew(days: number, patient: boolean): Promise<void> {
    const running = under.get(days);
    if (running !== undefined) return running;
    failed.delete(days);
    const done = findAnew(days, patient)
      .catch((error: unknown) => {
        failed.set(days, error);
        log.warn({ err: error, days }, 'gaps could not be found anew');
        throw error;
      })
      .finally(() => under.delete(days));
    done.catch(() => undefined);
    under.set(days, done);
    return done;
  }

  async function findAnew(days: number, patient: boolean): Promise<void> {
    const begun = clock.now();
    const [takenBefore, decided] = [taken, decisions];
    const now = await made();
    const known = kept.get(days);
    if (known !== undefined && !known.stale) {
      known.lookedAt = begun;
      if (known.made === now) return;
      if (patient && begun - known.at < rests * known.tookMs) return;
    }
    const found = await find(days);
    // What was decided meanwhile may not be known to it.
    const gaps = found.filter(({ gap }) => (droppedAt.get(gap.id) ?? 0) <= decided);
    const at = clock.now();
    const stale = taken !== takenBefore;
    kept.set(days, { gaps, made: now, at: begun, tookMs: at - begun, lookedAt: at, stale });
    if (under.size <= 1) droppedAt.clear();
  }

  return {
    async look(days) {
      const known = kept.get(days);
      const running = under.has(days);
      const rested = known === undefined || known.stale || clock.now() - known.lookedAt >= restMs;
      if (!running && rested) {
        const renewing = renew(days, true).catch(() => undefined);
        await Promise.race([renewing, pause(graceMs, undefined, { ref: false })]);
      }
      const { gaps = [], at = null } = kept.get(days) ?? {};
      const finding = under.has(days);
      if (at === null && !finding) throw failed.get(days);
      return { gaps, at, finding };
    },
    async one(id, days) {
      const known = () => {
        const found = kept.get(days);
        return found?.stale === false ? found.gaps.find(({ gap }) => gap.id === id) : undefined;
      };
      if (known() === undefined) {
        // What is under way may not have seen what is asked for.
        await under.get(days)?.catch(() => undefined);
        if (known() === undefined) await renew(days, false);
      }
      return known();
    },
    drop(id) {
      decisions += 1;
      droppedAt.set(id, decisions);
      for (const [days, one] of [...kept.entries()])
        kept.set(days, { ...one, gaps: one.gaps.filter(({ gap }) => gap.id !== id) });
    },
    forget() {
      taken += 1;
      droppedAt.clear();
      for (const one of kept.values()) one.stale = true;
    },
  };
}
