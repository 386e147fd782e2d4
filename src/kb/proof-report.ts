import type { GoldenQuestion } from '../core/article.ts';
import {
  countGrades,
  type GoldenChange,
  type GoldenComparison,
  type GoldenResult,
  grades,
} from './golden-run.ts';
import type { Proof } from './proof.ts';

const most = 20;

/**
 * A proof as a table for people, one line an entry: what changed, then the totals.
 * @param all also the questions that nothing changed for
 */
export function showProof({ after, published }: Pick<Proof, 'after' | 'published'>, all = false): string[] {
  const lines: string[] = [];
  const changed = new Set<GoldenResult>();
  if (published !== null) {
    const { worse, better, edge } = published.comparison;
    for (const [word, changes] of [
      ['worse', worse],
      ['better', better],
      ['edge', edge],
    ] as const) {
      for (const change of changes) {
        lines.push(`${word.padEnd(8)}${showQuestion(change.after.golden)}`);
        lines.push(`        ${showChange(change)}`);
        changed.add(change.after);
      }
    }
  }
  if (all)
    for (const result of after.filter((one) => !changed.has(one)))
      lines.push(`${'same'.padEnd(8)}${showQuestion(result.golden)}: ${showResult(result)}`);
  if (lines.length > 0) lines.push('');
  lines.push(...showTotals({ after, published }));
  if (published !== null) {
    const { worse, better, edge, answered, handedOver } = published.comparison;
    lines.push(
      `${better.length} better, ${worse.length} worse, ${edge.length} at the edge, ${answered} newly answered, ${handedOver} newly handed over`,
    );
    if (published.dropped.length > 0)
      lines.push(
        `${published.dropped.length} golden questions of version ${published.version} are not in the draft: not asked`,
      );
  }
  return lines;
}

/** Golden questions that a draft makes worse, for a message: the first twenty, a line each. */
export function showWorse({ worse, edge }: GoldenComparison): string {
  const all = worse.length > 0 ? worse : edge;
  const shown = all
    .slice(0, most)
    .map((change) => `\n  ${showQuestion(change.after.golden)}: ${showChange(change)}`);
  return `${shown.join('')}${all.length > most ? `\n  and ${all.length - most} more` : ''}`;
}

/** A golden question on one line: `es "¿llueve?" (a person)`. */
export function showQuestion({ language, question, article, brand }: GoldenQuestion): string {
  return `${language} "${question}" (${article ?? 'a person'}${brand === undefined ? '' : `, ${brand}`})`;
}

function showChange({ before, after }: GoldenChange): string {
  return `${showResult(before)} → ${showResult(after)}`;
}

function showResult({ grade, decision, article, sure }: GoldenResult): string {
  const what = { answer: 'answered', clarify: 'asked back', handoff: 'handed over' }[decision];
  const rest = article === null ? '' : `, ${article} ${Math.round(sure * 100)} %`;
  return grade === what ? `${grade}${rest}` : `${grade}: ${what}${rest}`;
}

function showTotals({ after, published }: Pick<Proof, 'after' | 'published'>): string[] {
  const now = countGrades(after);
  const earlier = published === null ? null : countGrades(published.before);
  const head = published === null ? '' : `version ${published.version}`;
  const row = (name: string, before: string, value: string) =>
    `${name.padEnd(24)}${published === null ? '' : before.padStart(12)}${value.padStart(8)}`;
  return [
    row(`${after.length} golden questions`, head, 'draft'),
    ...[...grades]
      .reverse()
      .map((grade) => row(grade, String(earlier === null ? '' : earlier[grade]), String(now[grade]))),
  ];
}
