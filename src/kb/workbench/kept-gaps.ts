import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import type { ProposedGap } from '../gap-work.ts';

/** Gaps as they were found last: whoever asks waits only the first time, while they are found anew behind their back. */
export interface KeptGaps {
  /** @param days how far they look back */
  of(days: number): Promise<readonly ProposedGap[]>;
  /** Something was decided about a gap: it is not shown any more, and the others are found anew behind their back. */
  drop(id: string): void;
  /** A decision was taken back: what was found before is not shown any more. */
  forget(): void;
}

/** After this they are found anew; at least ten times as long as finding them took. In milliseconds. */
const leastAgeMs = 30_000;
const rests = 10;
/** Periods kept. */
const maxKept = 5;

interface Kept {
  readonly gaps: readonly ProposedGap[];
  readonly at: number;
  readonly tookMs: number;
}

/** Keeps what was found. @param find reads the log and groups what it finds */
export function createKeptGaps(deps: {
  readonly find: (days: number) => Promise<readonly ProposedGap[]>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}): KeptGaps {
  const { find, clock } = deps;
  const kept = new LRUCache<number, Kept>({ max: maxKept });
  const finding = new Map<number, Promise<readonly ProposedGap[]>>();

  function findAnew(days: number): Promise<readonly ProposedGap[]> {
    const under = finding.get(days);
    if (under !== undefined) return under;
    const begun = clock.now();
    const found: Promise<readonly ProposedGap[]> = find(days)
      .then((gaps) => {
        // What was decided meanwhile is not in it.
        if (finding.get(days) === found) kept.set(days, { gaps, at: begun, tookMs: clock.now() - begun });
        return gaps;
      })
      .finally(() => {
        if (finding.get(days) === found) finding.delete(days);
      });
    finding.set(days, found);
    return found;
  }

  return {
    async of(days) {
      const known = kept.get(days);
      if (known === undefined) return findAnew(days);
      if (clock.now() - known.at >= Math.max(leastAgeMs, rests * known.tookMs)) {
        findAnew(days).catch((error: unknown) =>
          deps.log.warn({ err: error, days }, 'gaps could not be found anew: those found before are shown'),
        );
      }
      return known.gaps;
    },
    drop(id) {
      // What is being found may not know of the decision.
      finding.clear();
      for (const [days, { gaps, tookMs }] of [...kept.entries()]) {
        kept.set(days, {
          gaps: gaps.filter(({ gap }) => gap.id !== id),
          at: Number.NEGATIVE_INFINITY,
          tookMs,
        });
      }
    },
    forget() {
      kept.clear();
      finding.clear();
    },
  };
}
