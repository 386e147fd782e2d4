import { fitCombination } from './combination.ts';
import { fitConfidence, judge } from './confidence.ts';
import { readCorpus, wordsPerArticle } from './corpus.ts';
import { createEngine, shown, type TrainedEngine } from './deciding.ts';
import { trainEvidence } from './evidence.ts';
import { fitGate } from './gate.ts';
import { readSynonyms } from './own-synonyms.ts';
import { seededRandom } from './random.ts';
import { rank } from './rank.ts';
import { choicesOf, rehearse } from './rehearsal.ts';
import type { EngineArticle, TrainOptions } from './types.ts';

export type { TrainedEngine } from './deciding.ts';
export { loadEngine, saveEngine } from './saved.ts';
export type { Candidate, Decision, Engine, EngineArticle, TrainOptions } from './types.ts';

/** Trains an engine on a base. The same articles, options and seed give the same engine. */
export function trainEngine(articles: readonly EngineArticle[], options: TrainOptions = {}): TrainedEngine {
  const { wrongRate = 0.05, seed = 1, synonyms = [] } = options;
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
  const gate = fitGate(outcomes, wrongRate, wordsPerArticle(corpus));
  const evidence = trainEvidence(corpus, seededRandom(seed));
  return createEngine({
    ids,
    learned,
    languages,
    wrongRate,
    synonyms,
    evidence,
    rankWeights,
    confidence,
    gate,
  });
}
