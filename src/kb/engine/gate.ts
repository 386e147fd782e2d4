/** Limits of the three-way decision. */
export interface Gate {
  /** Least confidence for an answer. */
  readonly answerFrom: number;
  /** Least probability that one of the choices is right for a clarifying question. */
  readonly clarifyFrom: number;
}

/** One rehearsed question as the gate sees it. */
export interface Outcome {
  readonly confidence: number;
  readonly right: boolean;
  /** Whether the base had the answer at all. */
  readonly known: boolean;
}

/** Thresholds before anything is learned, and their bounds afterwards. */
const defaultAnswerFrom = 0.5;
const leastAnswerFrom = 0.3;
const mostAnswerFrom = 0.95;
const clarifyFrom = 0.35;
/** Unknown questions may be answered this many times as often as known ones wrongly. */
const unknownFactor = 1.6;

/**
 * Chooses the lowest threshold at which the rehearsed known questions are answered wrongly at most at `wrongRate`
 * and the unknown ones at most at a multiple of it, with one standard error to spare.
 */
export function fitGate(outcomes: readonly Outcome[], wrongRate: number): Gate {
  const known = outcomes.filter((outcome) => outcome.known);
  const unknown = outcomes.filter((outcome) => !outcome.known);
  if (known.length < 20) return { answerFrom: defaultAnswerFrom, clarifyFrom };
  const fromKnown = lowest(
    known.filter((outcome) => !outcome.right),
    known.length,
    wrongRate,
  );
  const fromUnknown = lowest(unknown, unknown.length, unknownFactor * wrongRate);
  const answerFrom = Math.min(mostAnswerFrom, Math.max(leastAnswerFrom, fromKnown, fromUnknown));
  return { answerFrom, clarifyFrom };
}

/** Lowest threshold that at most `rate` × `total` of the wrong outcomes reach, less a standard error. */
function lowest(wrong: readonly Outcome[], total: number, rate: number): number {
  if (total === 0) return 0;
  const spare = Math.sqrt((rate * (1 - rate)) / total);
  const allowed = Math.floor(Math.max(0, rate - spare) * total);
  const sorted = wrong.map((outcome) => outcome.confidence).sort((a, b) => b - a);
  const first = sorted[allowed];
  return first === undefined ? 0 : first + 1e-9;
}

/** Decides between answering, asking, and handing over; `among` is the probability that one of the choices is right. */
export function passGate(gate: Gate, confidence: number, among: number): 'answer' | 'clarify' | 'handoff' {
  if (confidence >= gate.answerFrom) return 'answer';
  return among >= gate.clarifyFrom ? 'clarify' : 'handoff';
}
