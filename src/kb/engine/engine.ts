import { fitCombination } from './combination.ts';
import { fitConfidence, judge } from './confidence.ts';
import { type Corpus, readCorpus, wordsPerArticle } from './corpus.ts';
import { createEngine, shown, type TrainedEngine } from './deciding.ts';
import { indexEmbeddings, type Meanings, wholeText } from './embedding.ts';
import { trainEmbedding, type WordsModel } from './embedding-model.ts';
import type { TrainedEmbedding } from './embedding-saved.ts';
import { trainEvidence } from './evidence.ts';
import { fitGate, type Gate } from './gate.ts';
import { readSynonyms } from './own-synonyms.ts';
import { seededRandom } from './random.ts';
import { rank } from './rank.ts';
import { choicesOf, type Rehearsed, rehearse } from './rehearsal.ts';
import type { EngineArticle, TrainOptions } from './types.ts';

export type { TrainedEngine } from './deciding.ts';
export { type Meanings, textsToEmbed } from './embedding.ts';
export { loadEngine, saveEngine } from './saved.ts';
export type { Candidate, Decision, Engine, EngineArticle, TrainOptions } from './types.ts';

/**
 * Trains an engine on a base. The same articles, options and seed give the same engine.
 * @throws RelevoError `kb_too_large` for more than 200,000 articles
 */
export function trainEngine(articles: readonly EngineArticle[], options: TrainOptions = {}): TrainedEngine {
  return trainWithGates(articles, options, []).engine;
}

/**
 * Trains an engine, and finds the gates that other shares of wrong answers would have given it.
 * @param rates shares of questions that may be answered wrongly, 0 to 1 each
 * @returns the gates in the order of the rates
 * @throws RelevoError as `trainEngine` does
 */
export function trainWithGates(
  articles: readonly EngineArticle[],
  options: TrainOptions,
  rates: readonly number[],
): { readonly engine: TrainedEngine; readonly gates: readonly Gate[] } {
  const { wrongRate = 0.05, seed = 1, synonyms = [], meanings } = options;
  const own = readSynonyms(synonyms);
  const corpus = readCorpus(articles, own);
  const { ids, learned, languages } = corpus;
  const rehearsed = rehearse(corpus, seed, own);
  const rankWeights = fitCombination(choicesOf(rehearsed, learned));
  const judged = rehearsed.map(({ scores, right, kind }) => {
    const ranking = rank(scores, rankWeights, learned, shown);
    return { scores, ranking, kind, right: kind === 'known' && ranking.articles[0] === right };
  });
  const confidence = fitConfidence(judged);
  const outcomes = judged.map(({ scores, ranking, kind, right }) => {
    const { known, right: best } = judge(confidence, scores, ranking);
    return { sure: known * best, right, kind };
  });
  const gateAt = (rate: number): Gate => fitGate(outcomes, rate, wordsPerArticle(corpus));
  const gate = gateAt(wrongRate);
  const evidence = trainEvidence(corpus, seededRandom(seed));
  const words = { learned, rankWeights, confidence };
  const embedding = meanings ? embed(articles, corpus, rehearsed, words, meanings, wrongRate) : null;
  const engine = createEngine({
    ids,
    learned,
    languages,
    wrongRate,
    synonyms,
    evidence,
    rankWeights,
    confidence,
    gate,
    embedding,
  });
  return { engine, gates: rates.map(gateAt) };
}

/** What the vectors add to the engine of words; it is not changed by them. */
function embed(
  articles: readonly EngineArticle[],
  corpus: Corpus,
  rehearsed: readonly Rehearsed[],
  words: WordsModel,
  meanings: Meanings,
  wrongRate: number,
): TrainedEmbedding {
  const { name } = meanings;
  const place = new Map(corpus.ids.map((id, c) => [id, c]));
  const texts = {
    rows: corpus.rowTexts.map((text, row) => ({ text, article: corpus.label[row] ?? -1 })),
    articles: articles.map((article) => ({ text: wholeText(article), article: place.get(article.id) ?? -1 })),
  };
  const index = indexEmbeddings(texts, meanings);
  if (index === null) return { name, model: null };
  const gateOptions = { wrongRate, wordsPerArticle: wordsPerArticle(corpus) };
  return { name, model: trainEmbedding(rehearsed, words, index, meanings, gateOptions) };
}
