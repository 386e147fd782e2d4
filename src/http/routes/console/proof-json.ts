import type { GoldenChange, GoldenResult, Grade } from '../../../kb/golden-run.ts';
import type { Proof } from '../../../kb/proof.ts';

/** What the golden questions say of a draft, as clients read it; null where there are none. */
export function proofJson(proof: Proof | null) {
  if (proof === null) return null;
  const { answersFrom, after, published } = proof;
  const changes = published?.comparison;
  return {
    version: published?.version ?? null,
    regression: changes?.regression ?? false,
    worse: (changes?.worse ?? []).map(changeJson),
    better: (changes?.better ?? []).map(changeJson),
    edge: (changes?.edge ?? []).map(changeJson),
    grades: { before: published === null ? null : gradesOf(published.before), after: gradesOf(after) },
    dropped: published?.dropped.length ?? 0,
    // A replay that was kept by an earlier version does not know.
    answersFrom: { before: published?.answersFrom ?? null, after: answersFrom ?? null },
  };
}

function changeJson({ before, after }: GoldenChange) {
  const { question, language, article } = after.golden;
  return { question, language, expected: article, before: resultJson(before), after: resultJson(after) };
}

function resultJson({ decision, article, sure, grade }: GoldenResult) {
  return { decision, article, confidence: sure, grade };
}

function gradesOf(results: readonly GoldenResult[]): Record<Grade, number> {
  const grades = { wrong: 0, 'handed over': 0, 'asked back': 0, right: 0 };
  for (const { grade } of results) grades[grade] += 1;
  return grades;
}
