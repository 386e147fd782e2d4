import { type Choice, fitCombination } from './combination.ts';
import { type Confidence, type ConfidenceModel, caseWeights, judge } from './confidence.ts';
import { type EmbeddingIndex, type Meanings, type Nearness, scoreNearness } from './embedding.ts';
import type { Scores } from './evidence.ts';
import { fitGate, type Gate } from './gate.ts';
import { type Case, fitLogistic, probability } from './logistic.ts';
import { pick, type Ranking, rankValues } from './rank.ts';
import type { Rehearsed } from './rehearsal.ts';

/**
 * What vectors add to the engine of words: a second combination, calibration and gate, used for a question whose vector is there.
 * Without it, the engine of words decides as if there were no vectors at all.
 */
export interface EmbeddingModel {
  readonly index: EmbeddingIndex;
  /** What cosines are measured by: mean and spread of the example's, then of the text's. */
  readonly measure: Float64Array;
  /** Weights of the words' value, of the nearness to examples and of that to the text; and a zero. */
  readonly rankWeights: Float64Array;
  readonly confidence: ConfidenceModel;
  readonly gate: Gate;
}

/** What the engine of words knows, which this one builds on. */
export interface WordsModel {
  readonly learned: readonly boolean[];
  readonly rankWeights: Float64Array;
  readonly confidence: ConfidenceModel;
}

/** Words alone, until the rehearsal shows that vectors are worth something. */
const priorWeights = Float64Array.of(1, 0, 0, 0);
const priorKnown = Float64Array.of(1, 0, 0, 0);
const priorRight = Float64Array.of(1, 0, 0);
const rankStrength = 4;
const confidenceStrength = 4;
/** Numbers that are fitted to the vectors: two in the ranking, three in the calibration. */
const freeNumbers = 5;
const candidates = 12;
const fewestKnown = 20;
/** A rehearsal compares this many numbers at most; more questions than that allows are sampled. */
const mostProducts = 4e9;
const shown = 5;

interface Seen {
  readonly rehearsed: Rehearsed;
  readonly nearness: Nearness;
}

/**
 * Trains on the rehearsal of the engine of words.
 * @returns null when the vectors do not make its decisions better than chance would: noise is left out
 */
export function trainEmbedding(
  rehearsed: readonly Rehearsed[],
  words: WordsModel,
  index: EmbeddingIndex,
  meanings: Meanings,
  gateOptions: { readonly wrongRate: number; readonly wordsPerArticle: number },
): EmbeddingModel | null {
  const seen = see(rehearsed, words.learned.length, index, meanings);
  const known = seen.filter(({ rehearsed: { kind } }) => kind === 'known');
  if (known.length < fewestKnown) return null;
  const measure = measureOf(known);
  const choices = known.map((one) => choiceOf(one, words, measure));
  const rankWeights = fitCombination(choices, priorWeights, rankStrength);
  const judged = seen.map(({ rehearsed: { scores, right, kind }, nearness }) => {
    const ranking = pick(valuesOf(scores, nearness, words, measure, rankWeights), shown);
    const columns = columnsOf(scores, nearness, ranking, words, measure);
    return { ...columns, kind, right: kind === 'known' && ranking.articles[0] === right };
  });
  const weights = caseWeights(judged);
  const isKnown = judged.map(
    ({ knownColumns: columns, kind }): Case => ({
      columns,
      happened: kind === 'known',
      weight: weights[kind],
    }),
  );
  const isRight = judged
    .filter(({ kind }) => kind === 'known')
    .map(({ rightColumns: columns, right }): Case => ({ columns, happened: right, weight: 1 }));
  const confidence = {
    known: fitLogistic(isKnown, priorKnown, confidenceStrength),
    right: fitLogistic(isRight, priorRight, confidenceStrength),
  };
  const gain = rankGain(choices, rankWeights) + knownGain(isKnown, confidence.known);
  if (gain < (freeNumbers / 2) * Math.log(seen.length)) return null;
  const outcomes = judged.map(({ knownColumns, rightColumns, right, kind }) => ({
    sure: probability(knownColumns, confidence.known) * probability(rightColumns, confidence.right),
    right,
    kind,
  }));
  const gate = fitGate(outcomes, gateOptions.wrongRate, gateOptions.wordsPerArticle);
  return { index, measure, rankWeights, confidence, gate };
}

/** Ranks the articles and judges the best by words and vector together. */
export function judgeEmbedded(
  model: EmbeddingModel,
  words: WordsModel,
  scores: Scores,
  vector: Float32Array,
  keep: number,
): { readonly ranking: Ranking; readonly confidence: Confidence } {
  const nearness = scoreNearness(model.index, vector, scores.linear.length);
  const ranking = pick(valuesOf(scores, nearness, words, model.measure, model.rankWeights), keep);
  const { knownColumns, rightColumns } = columnsOf(scores, nearness, ranking, words, model.measure);
  const { known, right } = model.confidence;
  return {
    ranking,
    confidence: { known: probability(knownColumns, known), right: probability(rightColumns, right) },
  };
}

function see(
  rehearsed: readonly Rehearsed[],
  articles: number,
  index: EmbeddingIndex,
  { vectors }: Meanings,
): Seen[] {
  const stride = Math.ceil((rehearsed.length * index.bytes.length) / mostProducts);
  return rehearsed
    .filter((_, at) => at % Math.max(1, stride) === 0)
    .flatMap((one) => {
      const vector = vectors.get(one.question);
      if (vector === undefined) return [];
      return [{ rehearsed: one, nearness: scoreNearness(index, vector, articles, one.using) }];
    });
}

/** Cosines of one model lie between 0.7 and 0.9, of another between 0 and 0.5: all are measured by their own spread. */
function measureOf(seen: readonly Seen[]): Float64Array {
  return Float64Array.from([
    ...spread(seen.map(({ nearness }) => nearness.example)),
    ...spread(seen.map(({ nearness }) => nearness.text)),
  ]);
}

function spread(arrays: readonly Float32Array[]): [mean: number, deviation: number] {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const array of arrays) {
    for (const value of array) {
      if (value === 0) continue;
      count += 1;
      sum += value;
      squares += value * value;
    }
  }
  if (count === 0) return [0, 1];
  const mean = sum / count;
  return [mean, Math.sqrt(Math.max(1e-6, squares / count - mean * mean))];
}

/** An article without a vector is as near as the mean one. */
function measured(value: number, measure: Float64Array, at: 0 | 2): number {
  return value === 0 ? 0 : (value - (measure[at] as number)) / (measure[at + 1] as number);
}

function valuesOf(
  scores: Scores,
  nearness: Nearness,
  words: WordsModel,
  measure: Float64Array,
  weights: Float64Array,
): Float64Array {
  const values = rankValues(scores, words.rankWeights, words.learned);
  return values.map(
    (value, c) =>
      (weights[0] as number) * value +
      (weights[1] as number) * measured(nearness.example[c] as number, measure, 0) +
      (weights[2] as number) * measured(nearness.text[c] as number, measure, 2),
  );
}

function choiceOf({ rehearsed, nearness }: Seen, words: WordsModel, measure: Float64Array): Choice {
  const { scores, right } = rehearsed;
  const values = rankValues(scores, words.rankWeights, words.learned);
  const best = [values, nearness.example, nearness.text].flatMap((by) => [
    ...pick(Float64Array.from(by), candidates).articles,
  ]);
  const articles = [...new Set([...best, right])];
  const columns = articles.flatMap((c) => [
    values[c] as number,
    measured(nearness.example[c] as number, measure, 0),
    measured(nearness.text[c] as number, measure, 2),
    0,
  ]);
  return { columns: Float64Array.from(columns), right: articles.indexOf(right) };
}

function columnsOf(
  scores: Scores,
  nearness: Nearness,
  ranking: Ranking,
  words: WordsModel,
  measure: Float64Array,
): { knownColumns: Float64Array; rightColumns: Float64Array } {
  const byWords = judge(words.confidence, scores, ranking);
  const [first = 0, second = first] = ranking.articles;
  const near = (c: number): number => measured(nearness.example[c] as number, measure, 0);
  return {
    knownColumns: Float64Array.of(
      logit(byWords.known),
      near(first),
      measured(nearness.text[first] as number, measure, 2),
      1,
    ),
    rightColumns: Float64Array.of(logit(byWords.right), near(first) - near(second), 1),
  };
}

function logit(p: number): number {
  const clipped = Math.min(0.9999, Math.max(0.0001, p));
  return Math.log(clipped / (1 - clipped));
}

/** How much likelier the right articles are than with the words alone, fitted anew in the same way; a log-likelihood. */
function rankGain(choices: readonly Choice[], weights: Float64Array): number {
  const wordsOnly = choices.map(({ columns, right }) => ({
    columns: only(columns, weights.length, [0]),
    right,
  }));
  const without = fitCombination(wordsOnly, priorWeights, rankStrength);
  return choiceFit(choices, weights) - choiceFit(wordsOnly, without);
}

function knownGain(cases: readonly Case[], weights: Float64Array): number {
  const last = weights.length - 1;
  const wordsOnly = cases.map((one) => ({ ...one, columns: only(one.columns, weights.length, [0, last]) }));
  return caseFit(cases, weights) - caseFit(wordsOnly, fitLogistic(wordsOnly, priorKnown, confidenceStrength));
}

/** The columns with zeros in place of all but some; `n` columns a row. */
function only(columns: Float64Array, n: number, kept: readonly number[]): Float64Array {
  return columns.map((value, at) => (kept.includes(at % n) ? value : 0));
}

/** Log-likelihood of the right articles. */
function choiceFit(choices: readonly Choice[], weights: Float64Array): number {
  const n = weights.length;
  return choices.reduce((sum, { columns, right }) => {
    const values = Array.from({ length: columns.length / n }, (_, i) =>
      weights.reduce((value, weight, j) => value + weight * (columns[i * n + j] as number), 0),
    );
    const largest = Math.max(...values);
    const total = values.reduce((all, value) => all + Math.exp(value - largest), 0);
    return sum + (values[right] as number) - largest - Math.log(total);
  }, 0);
}

/** Log-likelihood of what happened. */
function caseFit(cases: readonly Case[], weights: Float64Array): number {
  return cases.reduce((sum, { columns, happened, weight }) => {
    const p = probability(columns, weights);
    return sum + weight * Math.log(Math.max(1e-12, happened ? p : 1 - p));
  }, 0);
}
