import type { Language } from '../../core/language.ts';
import { fitCombination } from './combination.ts';
import { confidenceFeatures, confidenceOf, fitConfidence } from './confidence.ts';
import { readCorpus } from './corpus.ts';
import { detectLanguage } from './detect.ts';
import { compare, trainEvidence } from './evidence.ts';
import { fitGate, passGate } from './gate.ts';
import { seededRandom } from './random.ts';
import { rank } from './rank.ts';
import { read } from './reading.ts';
import { choicesOf, rehearse } from './rehearsal.ts';
import type { Decision, Engine, EngineArticle, TrainOptions } from './types.ts';

export type { Candidate, Decision, Engine, EngineArticle, TrainOptions } from './types.ts';

const choices = 3;
const shown = 5;

/** Trains an engine on a base. The same articles, options and seed give the same engine. */
export function trainEngine(articles: readonly EngineArticle[], options: TrainOptions = {}): Engine {
  const { wrongRate = 0.05, seed = 1 } = options;
  const corpus = readCorpus(articles);
  const rehearsed = rehearse(corpus, seed);
  const weights = fitCombination(choicesOf(rehearsed, corpus.learned));
  const judged = rehearsed.map((question) => {
    const ranking = rank(question.scores, weights, corpus.learned, shown);
    const known = question.kind === 'known';
    return {
      columns: confidenceFeatures(question.scores, ranking),
      right: known && ranking.articles[0] === question.right,
      known,
      weight: 1,
    };
  });
  const confidenceWeights = fitConfidence(judged);
  const gate = fitGate(
    judged.map(({ columns, right, known }) => ({
      confidence: confidenceOf(columns, confidenceWeights),
      right,
      known,
    })),
    wrongRate,
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
      const confidence = confidenceOf(confidenceFeatures(scores, ranking), confidenceWeights);
      const first = ranking.probabilities[0] ?? 1;
      const candidates = [...ranking.articles].map((c, i) => ({
        article: corpus.ids[c] ?? '',
        probability: Math.min(1, (confidence * (ranking.probabilities[i] ?? 0)) / first),
      }));
      const among = candidates.slice(0, choices).reduce((sum, { probability }) => sum + probability, 0);
      const decision = passGate(gate, confidence, candidates.length < 2 ? 0 : among);
      return { decision, article: candidates[0]?.article ?? null, confidence, candidates };
    },
  };
}
