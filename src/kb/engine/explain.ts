import type { Language } from '../../core/language.ts';
import { judge } from './confidence.ts';
import { shown, type TrainedEngine } from './deciding.ts';
import { detectLanguage } from './detect.ts';
import { compare } from './evidence.ts';
import { worthOf } from './gate.ts';
import { readSynonyms } from './own-synonyms.ts';
import { rank } from './rank.ts';
import { read } from './reading.ts';
import type { Decision } from './types.ts';

/** What one kind of evidence after the other said of an article, each 0 to 1 or a little above. */
export interface ArticleEvidence {
  readonly article: string;
  /** That it is the right one, 0 to 1. */
  readonly probability: number;
  /** The linear classifier. */
  readonly classifier: number;
  /** The nearest of its examples. */
  readonly nearestExample: number;
  /** Its text, by the words it shares with the question. */
  readonly text: number;
}

/** Why an engine of words decides a question as it does. */
export interface Explanation extends Decision {
  readonly language: Language;
  /** The share of the question's words that the base knows, rare ones counting more, 0 to 1. */
  readonly knownWords: number;
  /** That the best article is right, and from what it would have been answered, 0 to 1 each. */
  readonly sure: number;
  readonly answerFrom: number;
  /** What asking back and handing over are worth; the larger one is done where it is not sure enough. */
  readonly asking: number;
  readonly handingOver: number;
  readonly evidence: readonly ArticleEvidence[];
}

/** Why an engine decides as it does, by its words alone: vectors are left out. Pure. */
export function explain(engine: TrainedEngine, question: string, spoken?: Language): Explanation {
  const { state } = engine;
  const language = spoken ?? detectLanguage(question, state.languages[0] ?? 'es', state.languages);
  const decision = engine.decide(question, language);
  const { answerFrom } = state.gate;
  const [best] = decision.candidates;
  if (best === undefined) {
    const nothing = { knownWords: 0, sure: 0, answerFrom, ...worthOf(0, 0), evidence: [] };
    return { ...decision, language, ...nothing };
  }
  const scores = compare(state.evidence, read(question, language, readSynonyms(state.synonyms)));
  const ranking = rank(scores, state.rankWeights, state.learned, shown);
  const { known, right } = judge(state.confidence, scores, ranking);
  const probabilities = new Map(decision.candidates.map((one) => [one.article, one.probability]));
  return {
    ...decision,
    language,
    knownWords: scores.known,
    sure: known * right,
    answerFrom,
    ...worthOf(known, amongOf(decision)),
    evidence: [...ranking.articles].map((c): ArticleEvidence => {
      const article = state.ids[c] ?? '';
      return {
        article,
        probability: probabilities.get(article) ?? 0,
        classifier: scores.linear[c] ?? 0,
        nearestExample: scores.nearest[c] ?? 0,
        text: scores.retrieval[c] ?? 0,
      };
    }),
  };
}

/** The probability that one of the articles that a clarifying question would offer is right; 0 where there is no choice. */
export function amongOf({ candidates }: Pick<Decision, 'candidates'>): number {
  if (candidates.length < 2) return 0;
  return candidates.slice(0, choices).reduce((sum, { probability }) => sum + probability, 0);
}

/** How many articles a clarifying question offers. */
const choices = 3;
