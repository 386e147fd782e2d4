import type { Base } from './bases.ts';
import { type Contestant, type Outcome, run } from './contestant.ts';
import { answeringFrom, type Measured, measure } from './measure.ts';
import type { Thresholds } from './threshold.ts';

/** What one contestant reached on one base. */
export interface Result {
  readonly contestant: string;
  readonly base: string;
  readonly size: string;
  readonly articles: number;
  readonly examples: number;
  /** A mean over several bases. */
  readonly isMean?: true;
  /** Asked as people type on a phone. */
  readonly noisy: boolean;
  /** Which of its fair thresholds a peer answered from. */
  readonly threshold?: string;
  /** What each of a peer's fair thresholds is worth on the clean questions. */
  readonly utilities?: Readonly<Record<string, number>>;
  readonly measured: Measured;
}

/**
 * Runs a contestant on a base and measures it; it is trained once, for clean and noisy questions together.
 * A peer answers from that one of its fair thresholds that is worth most on the clean questions.
 */
export async function judge(
  contestant: Contestant,
  base: Base,
  options: { noisy: boolean; wrongRate: number },
): Promise<Result[]> {
  const { questions } = base;
  const clean = questions.map(({ q }) => q);
  const typed = options.noisy ? questions.map(({ q, noisy }) => noisy ?? q) : [];
  const { decisions, summary, thresholds } = await run(
    contestant,
    base,
    [...clean, ...typed],
    options.wrongRate,
  );
  const first = decisions.slice(0, questions.length);
  const chosen = bestThreshold(base, first, summary, thresholds);
  return [false, true].slice(0, options.noisy ? 2 : 1).map((noisy) => {
    const lines = noisy ? decisions.slice(questions.length) : first;
    const decided = chosen === null ? lines : answeringFrom(lines, chosen.from);
    return {
      contestant: contestant.name,
      base: base.name,
      size: base.size,
      articles: base.articles.length,
      examples: base.articles.reduce((sum, { examples = [] }) => sum + examples.length, 0),
      noisy,
      ...(chosen === null ? {} : { threshold: chosen.name, utilities: chosen.utilities }),
      measured: measure(questions, decided, summary),
    };
  });
}

function bestThreshold(
  { questions }: Base,
  decisions: Outcome['decisions'],
  summary: Outcome['summary'],
  thresholds: Thresholds | undefined,
): { name: string; from: number; utilities: Record<string, number> } | null {
  if (thresholds === undefined) return null;
  const worth = (from: number): number => {
    const { utility, right, wrong } = measure(questions, answeringFrom(decisions, from), summary);
    return Number.isNaN(utility) ? right - wrong : utility;
  };
  const all = Object.entries(thresholds).map(([name, from]) => ({ name, from, worth: worth(from) }));
  const best = all.reduce((first, one) => (one.worth > first.worth ? one : first));
  return { ...best, utilities: Object.fromEntries(all.map((one) => [one.name, one.worth])) };
}
