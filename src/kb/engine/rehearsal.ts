import { backgroundOf } from './background.ts';
import type { Choice } from './combination.ts';
import type { Corpus } from './corpus.ts';
import type { Using } from './embedding.ts';
import { compare, type Scores, trainEvidence } from './evidence.ts';
import type { OwnSynonyms } from './own-synonyms.ts';
import { seededRandom, shuffled } from './random.ts';
import { priorRankWeights, rank, rankColumns, rankFeatures } from './rank.ts';
import { read } from './reading.ts';

/** A question the engine practised on: how it compared, and the article that was right, -1 when none was there. */
export interface Rehearsed {
  readonly scores: Scores;
  readonly right: number;
  readonly kind: 'known' | 'near' | 'far';
  /** As it is written. */
  readonly question: string;
  /** What of the base was there to compare it with. */
  readonly using: Using;
}

const folds = 5;
/** Fewer folds of more rows give as good an estimate in less time. */
const enoughRows = 4000;
const mostPerFold = 1200;
/** Scores are kept for every article and question; this bounds their product, in numbers. */
const mostScores = 2_500_000;

/**
 * Cross-validates on the base alone. Each fold leaves out a part of the examples of every article (known questions)
 * and some articles altogether (near questions: our subject, no article); the background gives far ones.
 */
export function rehearse(corpus: Corpus, seed: number, synonyms?: OwnSynonyms): Rehearsed[] {
  const random = seededRandom(seed);
  const rowFold = assignRows(corpus, random);
  const articleOrder = shuffled(corpus.ids.length, random);
  const count = Math.min(folds, Math.max(1, Math.ceil(enoughRows / (corpus.rows.length + 1))));
  const most = Math.max(
    100,
    Math.min(mostPerFold, Math.floor(mostScores / (count * Math.max(1, corpus.ids.length)))),
  );
  const rehearsed: Rehearsed[] = [];
  for (let fold = 0; fold < count; fold += 1) {
    const leftOut = (c: number): boolean =>
      corpus.ids.length > 3 && (articleOrder[c] as number) % folds === fold;
    const using: Using = {
      row: (row) => rowFold[row] !== fold && !leftOut(corpus.label[row] as number),
      text: (c) => !leftOut(c),
    };
    const evidence = trainEvidence(corpus, random, using.row, using.text);
    const held: number[] = [];
    for (let row = 0; row < corpus.rows.length; row += 1) {
      const c = corpus.label[row] as number;
      if (corpus.learned[c] && (leftOut(c) || rowFold[row] === fold)) held.push(row);
    }
    const order = shuffled(held.length, random);
    const known: Rehearsed[] = [];
    const near: Rehearsed[] = [];
    for (const place of order) {
      const row = held[place] as number;
      const reading = corpus.rows[row];
      const c = corpus.label[row] as number;
      if (!reading) continue;
      const into = leftOut(c) ? near : known;
      if (into.length >= (leftOut(c) ? most / 2 : most)) continue;
      into.push({
        scores: compare(evidence, reading),
        right: leftOut(c) ? -1 : c,
        kind: leftOut(c) ? 'near' : 'known',
        question: corpus.rowTexts[row] ?? '',
        using,
      });
    }
    rehearsed.push(...known, ...near);
    for (const language of corpus.languages) {
      backgroundOf(language).forEach((question, i) => {
        if (i % count !== fold) return;
        rehearsed.push({
          scores: compare(evidence, read(question, language, synonyms)),
          right: -1,
          kind: 'far',
          question,
          using,
        });
      });
    }
  }
  return rehearsed;
}

/** Spreads the rows of each article evenly over the folds. */
function assignRows(corpus: Corpus, random: () => number): Int32Array {
  const rowFold = new Int32Array(corpus.rows.length);
  const next = new Int32Array(corpus.ids.length).map(() => Math.floor(random() * folds));
  for (const row of shuffled(corpus.rows.length, random)) {
    const c = corpus.label[row] as number;
    rowFold[row] = (next[c] as number) % folds;
    next[c] = (next[c] as number) + 1;
  }
  return rowFold;
}

const candidates = 12;

/** The known questions as choices among their likeliest candidates, for the combination to learn from. */
export function choicesOf(rehearsed: readonly Rehearsed[], learned: readonly boolean[]): Choice[] {
  const choices: Choice[] = [];
  const columns = new Float64Array(rankColumns);
  for (const { scores, right, kind } of rehearsed) {
    if (kind !== 'known') continue;
    const articles = [...rank(scores, priorRankWeights, learned, candidates).articles];
    if (!articles.includes(right)) articles[articles.length - 1] = right;
    const flat = new Float64Array(articles.length * rankColumns);
    articles.forEach((c, i) => {
      rankFeatures(scores, c, learned[c] === true, columns);
      flat.set(columns, i * rankColumns);
    });
    choices.push({ columns: flat, right: articles.indexOf(right) });
  }
  return choices;
}
