import type { Language } from '../../core/language.ts';
import { fitCombination } from './combination.ts';
import { fitConfidence, judge } from './confidence.ts';
import { readCorpus, wordsPerArticle } from './corpus.ts';
import { detectLanguage } from './detect.ts';
import { compare, trainEvidence } from './evidence.ts';
import { fitGate, passGate } from './gate.ts';
import { seededRandom } from './random.ts';
import { type Ranking, rank } from './rank.ts';
import { read } from './reading.ts';
import { choicesOf, rehearse } from './rehearsal.ts';
import type { Candidate, Decision, Engine, EngineArticle, TrainOptions } from './types.ts';

export type { Candidate, Decision, Engine, EngineArticle, TrainOptions } from './types.ts';

const choices = 3;
const shown = 5;

/** Trains an engine on a base. The same articles, options and seed give the same engine. */
export function trainEngine(articles: readonly EngineArticle[], options: TrainOptions = {}): Engine {
  const { wrongRate = 0.05, seed = 1 } = options;
  const corpus = readCorpus(articles);
  const rehearsed = rehearse(corpus, seed);
  const weights = fitCombination(choicesOf(rehearsed, corpus.learned));
  const judged = rehearsed.map(({ scores, right, kind }) => {
    const ranking = rank(scores, weights, corpus.learned, shown);
    return { scores, ranking, kind, right: kind === 'known' && ranking.articles[0] === right };
  });
  const model = fitConfidence(judged);
  const gate = fitGate(
    judged.map(({ scores, ranking, kind, right }) => {
      const { known, right: best } = judge(model, scores, ranking);
      return { sure: known * best, right, kind };
    }),
    wrongRate,
    wordsPerArticle(corpus),
  );
  const evidence = trainEvidence(corpus, seededRandom(seed));
  return {
    decide(question: string, language?: Language): Decision {
      const nothing: Decision = { decision: 'handoff', article: null, confidence: 0, candidates: [] };
      const reading = read(
        question,
        language ?? detectLanguage(question, corpus.languages[0] ?? 'es', corpus.languages),
      );
      if (corpus.ids.length === 0 || reading.text.words.length === 0) return nothing;
      const scores = compare(evidence, reading);
      const ranking = rank(scores, weights, corpus.learned, shown);
      const { known, right } = judge(model, scores, ranking);
      const candidates = share(ranking, known, right, corpus.ids);
      const among = candidates.slice(0, choices).reduce((sum, { probability }) => sum + probability, 0);
      const decision = passGate(gate, known, known * right, candidates.length < 2 ? 0 : among);
      return { decision, article: candidates[0]?.article ?? null, confidence: known, candidates };
    },
  };
}

/** Gives the best article its calibrated probability, and the others what is left in proportion to their ranking. */
function share(ranking: Ranking, known: number, right: number, ids: readonly string[]): Candidate[] {
  const others = Math.max(1e-9, 1 - (ranking.probabilities[0] ?? 0));
  return [...ranking.articles].map((c, i) => {
    const probability =
      i === 0 ? right : Math.min(right, ((1 - right) * (ranking.probabilities[i] ?? 0)) / others);
    return { article: ids[c] ?? '', probability: known * probability };
  });
}
