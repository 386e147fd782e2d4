import type { Language } from '../../parts/preferences.ts';
import type { Dealt, Golden } from '../decided.ts';

/** What became of one thing that a base holds. */
export type Change = 'added' | 'changed' | 'removed';

/** What one base holds otherwise than another. */
export interface BaseChanges {
  readonly articles: readonly {
    readonly id: string;
    readonly language: Language;
    readonly title: string;
    readonly change: Change;
  }[];
  readonly golden: readonly (Golden & { readonly change: Change; readonly was?: string | null })[];
  readonly synonyms: readonly {
    readonly language: Language;
    readonly words: readonly string[];
    readonly change: Change;
  }[];
  readonly phrases: readonly {
    readonly language: Language;
    readonly key: string;
    /** Null: as usual. */
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly rehearsals: readonly { readonly name: string; readonly change: Change }[];
  readonly mustRehearse: { readonly before: boolean; readonly after: boolean } | null;
  readonly wrongRate: { readonly before: number | null; readonly after: number } | null;
}

/** What publishing the draft would change. */
export interface DraftChanges {
  readonly version: number | null;
  readonly revision: number;
  readonly changes: BaseChanges;
}

/** How golden questions end. */
export type Grade = 'wrong' | 'handed over' | 'asked back' | 'right';

/** A golden question before and after. */
export interface Graded {
  readonly question: string;
  readonly language: Language;
  readonly expected: string | null;
  readonly before: (Dealt & { readonly grade: Grade }) | null;
  readonly after: Dealt & { readonly grade: Grade };
}

/** What the golden questions say of the draft. */
export interface Proof {
  readonly version: number | null;
  readonly regression: boolean;
  readonly worse: readonly Graded[];
  readonly better: readonly Graded[];
  readonly edge: readonly Graded[];
  readonly grades: {
    readonly before: Readonly<Record<Grade, number>> | null;
    readonly after: Readonly<Record<Grade, number>>;
  };
  readonly dropped: number;
  /** How sure each is at least where it answers, 0 to 1; null where there is no such bar. */
  readonly answersFrom: { readonly before: number | null; readonly after: number | null };
}

/** A real question that the draft deals with otherwise. */
export interface ReplayChange {
  readonly at: string;
  readonly question: string;
  readonly language: Language;
  readonly brand: string | null;
  readonly change: 'newly-answered' | 'newly-asked' | 'newly-handed-over' | 'other-article';
  readonly before: Dealt;
  readonly after: Dealt;
}

/** Where a replay stands. */
export interface ReplayStep {
  readonly stage: 'training' | 'replaying' | 'proving';
  readonly done: number;
  readonly of: number;
}

/** What a draft makes of real questions. */
export interface ReplayResult {
  readonly questions: number;
  readonly same: number;
  readonly before: Readonly<Record<Dealt['decision'], number>>;
  readonly after: Readonly<Record<Dealt['decision'], number>>;
  readonly changes: readonly ReplayChange[];
  readonly proof: Proof | null;
}

/** A replay that runs, or ran. */
export interface Replay {
  readonly id: string;
  readonly by: string;
  readonly startedAt: string;
  readonly revision: number;
  readonly version: number;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed' | 'died';
  readonly step: ReplayStep;
  readonly error: string | null;
  readonly result: ReplayResult | null;
}

/** A published version. */
export interface Version {
  readonly version: number;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly comment: string;
  readonly articleCount: number;
  /** It answers customers of a trial only. */
  readonly candidate?: boolean;
}

/** What a version holds. */
export interface VersionHeld {
  readonly held: {
    readonly articles: number;
    readonly golden: number;
    readonly synonyms: number;
    readonly phrases: number;
    readonly rehearsals: number;
    readonly mustRehearse: boolean;
    readonly wrongRate: number;
  };
  readonly changes: BaseChanges;
}

/** How many things are otherwise. */
export function countOf({ wrongRate, mustRehearse, ...lists }: BaseChanges): number {
  const listed = Object.values(lists).reduce((count, list) => count + list.length, 0);
  return listed + (wrongRate === null ? 0 : 1) + (mustRehearse === null ? 0 : 1);
}
