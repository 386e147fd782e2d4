import type { Decision } from '../../src/kb/engine/types.ts';
import type { LabelledQuestion } from './bases.ts';

/** A line of decisions as the interface writes it. */
export interface TimedDecision extends Decision {
  readonly micros: number;
}

/** What is measured of one base; all but times and sizes are shares, 0 to 1, NaN where there is nothing to measure. */
export interface Measured {
  readonly top1: number;
  readonly top3: number;
  /** Known against unknown questions by confidence. */
  readonly auroc: number;
  /** Share of unknown questions below the confidence that 95 % of the known ones reach. */
  readonly recall95: number;
  /** 0.8 × what known questions got and 0.2 × what unknown ones did, -1 to 1; NaN without unknown questions. */
  readonly utility: number;
  /** Of known questions: answered with the right article. */
  readonly right: number;
  /** Of known questions: answered with another article. */
  readonly wrong: number;
  /** Of known questions: asked back with the right article among the first three. */
  readonly clarified: number;
  readonly handedOver: number;
  /** Of unknown questions: answered. */
  readonly unknownAnswered: number;
  readonly trainSeconds: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** What the trained engine keeps, in megabytes. */
  readonly heapMb: number;
  /** The most the whole process held, in megabytes. */
  readonly peakMemoryMb: number;
}

/** What a contestant says of its training. */
export type Cost = Pick<Measured, 'trainSeconds' | 'heapMb' | 'peakMemoryMb'>;

/** The decisions of one that only answers or hands over, had it answered from this confidence. */
export function answeringFrom(decisions: readonly TimedDecision[], threshold: number): TimedDecision[] {
  return decisions.map((one) => ({
    ...one,
    decision: one.article !== null && one.confidence >= threshold ? 'answer' : 'handoff',
  }));
}

/** Judges decisions on questions whose label is known. */
export function measure(
  questions: readonly LabelledQuestion[],
  decisions: readonly TimedDecision[],
  { trainSeconds, heapMb, peakMemoryMb }: Cost,
): Measured {
  const known: { decision: Decision; label: string | null }[] = [];
  const unknown: Decision[] = [];
  questions.forEach(({ label, kind }, i) => {
    const decision = decisions[i];
    if (!decision) return;
    if (kind === 'in') known.push({ decision, label });
    else unknown.push(decision);
  });
  const among = (decision: Decision, label: string | null, first: number): boolean =>
    decision.candidates.slice(0, first).some(({ article }) => article === label);
  const shareKnown = (test: (decision: Decision, label: string | null) => boolean): number =>
    share(known, ({ decision, label }) => test(decision, label));
  const utilityKnown = mean(
    known.map(({ decision, label }) => {
      if (decision.decision === 'handoff') return 0;
      if (decision.decision === 'answer') return decision.article === label ? 1 : -1;
      return among(decision, label, 3) ? 0.6 : -0.2;
    }),
  );
  const utilityUnknown = mean(
    unknown.map(({ decision }) => ({ handoff: 1, clarify: -0.2, answer: -1 })[decision]),
  );
  const inside = known.map(({ decision }) => decision.confidence);
  const outside = unknown.map(({ confidence }) => confidence);
  const sorted = decisions.map(({ micros }) => micros).sort((a, b) => a - b);
  return {
    top1: shareKnown((decision, label) => decision.article === label),
    top3: shareKnown((decision, label) => among(decision, label, 3)),
    auroc: auroc(inside, outside),
    recall95: recallAt(inside, outside, 0.95),
    utility: 0.8 * utilityKnown + 0.2 * utilityUnknown,
    right: shareKnown((decision, label) => decision.decision === 'answer' && decision.article === label),
    wrong: shareKnown((decision, label) => decision.decision === 'answer' && decision.article !== label),
    clarified: shareKnown((decision, label) => decision.decision === 'clarify' && among(decision, label, 3)),
    handedOver: shareKnown((decision) => decision.decision === 'handoff'),
    unknownAnswered: share(unknown, ({ decision }) => decision === 'answer'),
    trainSeconds,
    p50Micros: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
    p99Micros: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    heapMb,
    peakMemoryMb,
  };
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return mean(items.map((item) => (test(item) ? 1 : 0)));
}

/** NaN for none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Probability that a known question is more confident than an unknown one; ties count half. */
export function auroc(inside: readonly number[], outside: readonly number[]): number {
  if (inside.length === 0 || outside.length === 0) return Number.NaN;
  const sorted = [...outside].sort((a, b) => a - b);
  const below = (value: number, orEqual: boolean): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = sorted[middle] ?? 0;
      if (other < value || (orEqual && other === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return mean(inside.map((value) => (below(value, false) + below(value, true)) / 2 / sorted.length));
}

function recallAt(inside: readonly number[], outside: readonly number[], accepted: number): number {
  if (inside.length === 0 || outside.length === 0) return Number.NaN;
  const sorted = [...inside].sort((a, b) => a - b);
  const threshold = sorted[Math.floor((1 - accepted) * sorted.length)] ?? 0;
  return share(outside, (value) => value < threshold);
}
