import type { BaseContent, GoldenQuestion } from '../core/article.ts';
import type { Decision, Engine } from './engine/types.ts';
import { goldenKey } from './golden-file.ts';
import { type BaseEngine, onShelf } from './shelves.ts';

/** How many choices a clarifying question offers at most. */
const choices = 3;
/** A smaller difference in confidence is the training's, not the draft's. */
const sameConfidence = 0.05;
/** So many more may fall off the edge than are gained: in questions, and as a share of them. */
const fewestFallen = 2;
const fallenShare = 0.02;

/** What became of one golden question, worst first. */
export const grades = ['wrong', 'handed over', 'asked back', 'right'] as const;

/** One of the grades. */
export type Grade = (typeof grades)[number];

/** How an engine deals with one golden question. */
export interface GoldenResult {
  readonly golden: GoldenQuestion;
  readonly grade: Grade;
  readonly decision: Decision['decision'];
  /** The best article, whatever the decision. */
  readonly article: string | null;
  /** That the base has an answer at all, 0 to 1. */
  readonly confidence: number;
  /** That the article is the right one, 0 to 1: what people are shown, and what it is answered by. */
  readonly sure: number;
}

/** One golden question before and after. */
export interface GoldenChange {
  readonly before: GoldenResult;
  readonly after: GoldenResult;
}

/** What a draft changes in the answers to its golden questions. */
export interface GoldenComparison {
  readonly worse: readonly GoldenChange[];
  readonly better: readonly GoldenChange[];
  /**
   * Changed only because the line between answering, asking and handing over moved a little: the same article, as sure
   * as before, and not wrong. Every training moves it.
   */
  readonly edge: readonly GoldenChange[];
  /** Whether the draft is not to be published: something is worse, or too much fell off the edge. */
  readonly regression: boolean;
  /** Answered before, left to a person now. */
  readonly handedOver: number;
  /** Left to a person or asked back before, answered now. */
  readonly answered: number;
}

/** Decides on golden questions: where there are several companies, each for the customers who would ask it. */
export type GoldenEngine = Engine & Partial<Pick<BaseEngine, 'decideGolden'>>;

/** Asks an engine all golden questions. @param progress called after each with how many are done */
export function runGolden(
  engine: GoldenEngine,
  questions: readonly GoldenQuestion[],
  progress: (done: number) => void = () => undefined,
): GoldenResult[] {
  return questions.map((golden, i) => {
    const decided = engine.decideGolden?.(golden) ?? engine.decide(golden.question, golden.language);
    progress(i + 1);
    const { decision, article, confidence } = decided;
    return { golden, grade: gradeOf(golden, decided), decision, article, confidence, sure: sureOf(decided) };
  });
}

/** That the best article is the right one, 0 to 1; 0 where there is none. */
export function sureOf({ candidates }: Pick<Decision, 'candidates'>): number {
  return candidates[0]?.probability ?? 0;
}

/** Compares two runs of the same questions. */
export function compareGolden(
  before: readonly GoldenResult[],
  after: readonly GoldenResult[],
): GoldenComparison {
  const known = new Map(before.map((result) => [goldenKey(result.golden), result]));
  const changes = after.flatMap((result): GoldenChange[] => {
    const earlier = known.get(goldenKey(result.golden));
    return earlier === undefined ? [] : [{ before: earlier, after: result }];
  });
  const changed = changes.filter((change) => step(change) !== 0);
  const edge = changed.filter(isEdge);
  const worse = changed.filter((change) => step(change) < 0 && !isEdge(change));
  const better = changed.filter((change) => step(change) > 0 && !isEdge(change));
  const fallen = edge.filter((change) => step(change) < 0).length;
  const gained = better.length + edge.length - fallen;
  return {
    worse,
    better,
    edge,
    regression: worse.length > 0 || fallen - gained > Math.max(fewestFallen, fallenShare * changes.length),
    handedOver: changes.filter(
      ({ before: one, after: other }) => one.decision === 'answer' && other.decision === 'handoff',
    ).length,
    answered: changes.filter(
      ({ before: one, after: other }) => one.decision !== 'answer' && other.decision === 'answer',
    ).length,
  };
}

/** How many results there are of each grade. */
export function countGrades(results: readonly GoldenResult[]): Record<Grade, number> {
  const counts = { wrong: 0, 'handed over': 0, 'asked back': 0, right: 0 };
  for (const { grade } of results) counts[grade] += 1;
  return counts;
}

/** Golden questions whose article is not in the base, or not for the company that asks: they cannot be answered. */
export function orphanedGolden({ golden, articles }: BaseContent): GoldenQuestion[] {
  const ids = new Set(articles.map(({ id }) => id));
  const told = (id: string, brand: string) => articles.some((one) => one.id === id && onShelf(brand, one));
  return golden.filter(
    ({ article, brand }) =>
      article !== null && (!ids.has(article) || (brand !== undefined && !told(article, brand))),
  );
}

/**
 * A question that nothing answers is right when it is handed over. Asking back counts for less than the right answer,
 * for more than a person's time when the right one is offered, and for as little as one when it is not.
 */
export function gradeOf(
  { article: expected }: GoldenQuestion,
  { decision, article, candidates }: Decision,
): Grade {
  if (decision === 'answer') return expected !== null && article === expected ? 'right' : 'wrong';
  if (decision === 'handoff') return expected === null ? 'right' : 'handed over';
  const offered = candidates.slice(0, choices).some((one) => one.article === expected);
  return expected === null || offered ? 'asked back' : 'handed over';
}

function step({ before, after }: GoldenChange): number {
  return rank(after) - rank(before);
}

function isEdge({ before, after }: GoldenChange): boolean {
  return (
    before.grade !== 'wrong' &&
    after.grade !== 'wrong' &&
    before.article === after.article &&
    Math.abs(before.confidence - after.confidence) < sameConfidence
  );
}

function rank({ grade }: GoldenResult): number {
  return grades.indexOf(grade);
}
