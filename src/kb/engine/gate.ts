/** Limits of the three-way decision. */
export interface Gate {
  /** Least probability of being right for an answer. */
  readonly answerFrom: number;
}

/** One rehearsed question as the gate sees it. */
export interface Outcome {
  /** Probability that the best article is right, as the engine sees it. */
  readonly sure: number;
  readonly right: boolean;
  readonly kind: 'known' | 'near' | 'far';
}

/** Bounds of the threshold: below a half an answer does more harm than good. */
const leastAnswerFrom = 0.5;
const mostAnswerFrom = 0.97;
/** Unknown questions may be answered this many times as often as known ones wrongly. */
const unknownFactor = 1.6;
/** Customers phrase things otherwise than the base's author: plan for this share of the errors that are allowed. */
const planned = 0.7;
/** Without rehearsal the threshold is this multiple of the wrong rate below certainty. */
const unrehearsed = 5;
/** Words of an article from which its text is likely to hold what customers ask with; shorter texts are trusted less. */
const fullText = 60;
const fewestKnown = 20;

function clamp(threshold: number): number {
  return Math.min(mostAnswerFrom, Math.max(leastAnswerFrom, threshold));
}

/**
 * Chooses the lowest threshold at which the rehearsed known questions are answered wrongly at most at `wrongRate`
 * and the unknown ones, near and far alike, at most at a multiple of it, with one standard error to spare.
 * `wordsPerArticle` is how much text articles have: all there is to go by when there was nothing to rehearse with.
 */
export function fitGate(outcomes: readonly Outcome[], wrongRate: number, wordsPerArticle: number): Gate {
  const of = (kind: Outcome['kind']): Outcome[] => outcomes.filter((outcome) => outcome.kind === kind);
  const known = of('known');
  if (known.length < fewestKnown) {
    return { answerFrom: clamp(1 - unrehearsed * wrongRate * Math.min(1, wordsPerArticle / fullText)) };
  }
  const unknown = [of('near'), of('far')].filter((group) => group.length > 0);
  const unknownRate = Math.min(1, unknownFactor * wrongRate);
  const answerFrom = Math.max(
    leastAnswerFrom,
    lowest(
      known.filter((outcome) => !outcome.right),
      known.length,
      planned * wrongRate,
    ),
    ...mean(unknown.map((group) => lowest(group, group.length, unknownRate))),
  );
  return { answerFrom: clamp(answerFrom) };
}

/** The mean as a list of one, empty for none. */
function mean(values: readonly number[]): number[] {
  return values.length === 0 ? [] : [values.reduce((sum, value) => sum + value, 0) / values.length];
}

/** Lowest threshold that at most `rate` × `total` of the wrong outcomes reach, less a standard error. */
function lowest(wrong: readonly Outcome[], total: number, rate: number): number {
  if (total === 0) return 0;
  const spare = Math.sqrt((rate * (1 - rate)) / total);
  const allowed = Math.floor(Math.max(0, rate - spare) * total);
  const sorted = wrong.map((outcome) => outcome.sure).sort((a, b) => b - a);
  const first = sorted[allowed];
  return first === undefined ? 0 : first + 1e-9;
}

/** What each end of a conversation is worth: a right answer 1, a wrong one -1, handing over a known question 0. */
const askedWell = 0.6;
const askedInVain = -0.2;
const unknownHandedOver = 1;
/** How much an unknown question weighs against a known one: most questions have an answer. */
const unknownWeight = 0.25;

/**
 * Decides between answering, asking which of a few articles is meant, and handing over.
 * `known` is the probability that the base has the answer, `sure` that the best article is it, `among` that one of the
 * choices is it; `among` is 0 where there is nothing to choose from.
 */
export function passGate(
  gate: Gate,
  known: number,
  sure: number,
  among: number,
): 'answer' | 'clarify' | 'handoff' {
  if (sure >= gate.answerFrom) return 'answer';
  const { asking, handingOver } = worthOf(known, among);
  return among > 0 && asking > handingOver ? 'clarify' : 'handoff';
}

/** What asking back and handing over are worth. */
export function worthOf(
  known: number,
  among: number,
): { readonly asking: number; readonly handingOver: number } {
  return {
    asking: askedWell * among + askedInVain * (known - among) + askedInVain * unknownWeight * (1 - known),
    handingOver: unknownHandedOver * unknownWeight * (1 - known),
  };
}
