import type { Dealt, Golden } from '../decided.ts';
import { goldenKey } from '../golden.ts';
import type { Graded, ReplayChange, ReplayResult } from './publish.ts';

/** What a row of the table is about. */
export type RowKind = 'better' | 'worse' | ReplayChange['change'];

/** A question that the draft deals with otherwise: a golden one, or a real one. */
export interface ReplayRow {
  /** The only one of its kind in the table. */
  readonly key: string;
  readonly kind: RowKind;
  readonly golden: Omit<Golden, 'article'>;
  /** Only a golden question has one; null: a person. */
  readonly expected?: string | null;
  readonly before: Dealt | null;
  readonly after: Dealt;
  /** How often it was asked. */
  readonly times: number;
}

/** In the order in which they are worth a look. */
export const rowKinds: readonly RowKind[] = [
  'worse',
  'newly-handed-over',
  'other-article',
  'newly-asked',
  'newly-answered',
  'better',
];

/** The rows of a replay: golden questions by grade, real ones by what changes, the same words once. */
export function rowsOf({ changes, proof }: ReplayResult): readonly ReplayRow[] {
  const rows = new Map<string, ReplayRow>();
  const add = (row: Omit<ReplayRow, 'key' | 'times'>) => {
    const key = `${row.kind} ${goldenKey(row.golden)}`;
    const known = rows.get(key);
    rows.set(key, { ...row, key, times: (known?.times ?? 0) + 1 });
  };
  const graded = (kind: RowKind) => (one: Graded) =>
    add({
      kind,
      golden: { question: one.question, language: one.language },
      expected: one.expected,
      before: one.before,
      after: one.after,
    });
  proof?.worse.forEach(graded('worse'));
  proof?.better.forEach(graded('better'));
  for (const { question, language, brand, change, before, after } of changes)
    add({
      kind: change,
      golden: { question, language, ...(brand === null ? {} : { brand }) },
      before,
      after,
    });
  return [...rows.values()].sort((one, other) => rowKinds.indexOf(one.kind) - rowKinds.indexOf(other.kind));
}

/** What is expected where somebody says that this was right: its article, or a person. */
export function expectedBy({ decision, article }: Dealt): string | null {
  return decision === 'handoff' ? null : article;
}
