import type { SynonymGroup } from '../core/article.ts';
import type { Engine } from './engine/types.ts';
import { byCost, findGaps, type SettledGap } from './gap.ts';
import { proposeFor } from './gap-proposal.ts';
import type { ProposedGap } from './gap-work.ts';
import type { MissedQuestion } from './missed-question.ts';

/** What customers of one company missed, and the engine that answers them. */
export interface Missed<E> {
  /** As articles name the company; null: none. */
  readonly name: string | null;
  readonly questions: readonly MissedQuestion[];
  readonly engine: E;
}

/** What grouping goes by beside the questions. */
export interface Settled {
  /** Oldest first. */
  readonly settled: readonly SettledGap[];
  readonly synonyms: readonly SynonymGroup[];
}

/** Groups missed questions into gaps with what could close them, the most costly first. Pure, and slow with many questions. */
export function groupGaps(missed: readonly Missed<Engine>[], by: Settled): ProposedGap[] {
  // What customers of two companies ask is never one gap, and closed by what they may be told.
  return missed
    .flatMap(({ name, questions, engine }) =>
      findGaps(questions, { engine, ...by }).map((found) => {
        const gap = name === null ? found : { ...found, brand: name };
        return { gap, proposal: proposeFor(gap, engine) };
      }),
    )
    .sort((one, other) => byCost(one.gap, other.gap));
}
