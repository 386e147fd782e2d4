import type { GoldenQuestion } from '../../core/article.ts';
import { amongOf } from '../engine/explain.ts';
import { type Gate, passGate } from '../engine/gate.ts';
import type { Decision } from '../engine/types.ts';
import { type GoldenResult, type Grade, gradeOf } from '../golden-run.ts';
import type { AskedQuestion } from './asked-questions.ts';

/** How many golden questions end in each way. */
export type GoldenShares = Readonly<Record<Grade, number>> & {
  readonly of: number;
  /** Rightly or wrongly, with an article. */
  readonly answered: number;
};

/** How many real questions end in each way. */
export interface RealShares {
  readonly of: number;
  readonly answered: number;
  readonly askedBack: number;
  readonly handedOver: number;
}

/** What one allowed share of wrong answers makes of the questions. */
export interface GatePoint {
  /** The largest share of questions that may be answered wrongly. */
  readonly wrongRate: number;
  /** What the training makes of it: the least probability of being right for an answer. */
  readonly answerFrom: number;
  readonly golden: GoldenShares & { readonly byLanguage: Readonly<Record<string, GoldenShares>> };
  readonly real: RealShares & {
    readonly byLanguage: Readonly<Record<string, RealShares>>;
    readonly byBrand: Readonly<Record<string, RealShares>>;
  };
}

/** A question, what an engine makes of it, and the gates that it would have with each share of wrong answers. */
export interface Weighed<Question> {
  readonly question: Question;
  readonly decision: Decision;
  readonly gates: readonly Gate[];
}

/** What a decision becomes behind another gate: only the gate tells answering from asking back and handing over. */
export function regated({ candidates, confidence, decision, article }: Decision, gate: Gate): Decision {
  const [best] = candidates;
  if (best === undefined) return { candidates, confidence, decision, article };
  const among = amongOf({ candidates });
  return { candidates, confidence, article, decision: passGate(gate, confidence, best.probability, among) };
}

/** The measured curve: for each share of wrong answers, how the golden questions and the real ones end. Pure. */
export function gateCurve(
  golden: readonly Weighed<GoldenQuestion>[],
  real: readonly Weighed<AskedQuestion>[],
  rates: readonly { readonly wrongRate: number; readonly answerFrom: number }[],
): GatePoint[] {
  return rates.map(({ wrongRate, answerFrom }, place) => {
    const graded = golden.map(({ question, decision, gates }) => {
      const gated = regated(decision, gates[place] ?? { answerFrom });
      const answered = gated.decision === 'answer';
      return { language: question.language, grade: gradeOf(question, gated), answered };
    });
    const ended = real.map(({ question, decision, gates }) => ({
      language: question.language,
      brand: question.brand ?? '',
      decision: regated(decision, gates[place] ?? { answerFrom }).decision,
    }));
    return {
      wrongRate,
      answerFrom,
      golden: { ...goldenShares(graded), byLanguage: grouped(graded, (one) => one.language, goldenShares) },
      real: {
        ...realShares(ended),
        byLanguage: grouped(ended, (one) => one.language, realShares),
        byBrand: grouped(ended, (one) => one.brand, realShares),
      },
    };
  });
}

function goldenShares(
  graded: readonly (Pick<GoldenResult, 'grade'> & { readonly answered: boolean })[],
): GoldenShares {
  const counts = { wrong: 0, 'handed over': 0, 'asked back': 0, right: 0 };
  for (const { grade } of graded) counts[grade] += 1;
  return { ...counts, of: graded.length, answered: graded.filter(({ answered }) => answered).length };
}

function realShares(ended: readonly Pick<Decision, 'decision'>[]): RealShares {
  const count = (wanted: Decision['decision']) => ended.filter(({ decision }) => decision === wanted).length;
  return {
    of: ended.length,
    answered: count('answer'),
    askedBack: count('clarify'),
    handedOver: count('handoff'),
  };
}

function grouped<One, Shares>(
  all: readonly One[],
  keyOf: (one: One) => string,
  sharesOf: (some: readonly One[]) => Shares,
): Record<string, Shares> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one)) ?? [];
    group.push(one);
    groups.set(keyOf(one), group);
  }
  return Object.fromEntries([...groups].map(([key, some]) => [key, sharesOf(some)]));
}
