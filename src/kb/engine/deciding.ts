import type { Language } from '../../core/language.ts';
import { type Confidence, judge } from './confidence.ts';
import { detectLanguage } from './detect.ts';
import { judgeEmbedded } from './embedding-model.ts';
import { compare } from './evidence.ts';
import { type Gate, passGate } from './gate.ts';
import { type OwnSynonyms, readSynonyms } from './own-synonyms.ts';
import { type Ranking, rank } from './rank.ts';
import { read } from './reading.ts';
import type { EngineState } from './state.ts';
import type { Candidate, Decision, Engine } from './types.ts';

/** How many articles a clarifying question offers. */
const choices = 3;
/** How many candidates a decision shows. */
export const shown = 5;

/** A single letter may be short for a word, but says nothing. */
const legible = /[\p{L}\p{N}].*[\p{L}\p{N}]/su;

const nothing: Decision = { decision: 'handoff', article: null, confidence: 0, candidates: [] };

/** An engine that can be saved. */
export interface TrainedEngine extends Engine {
  readonly state: EngineState;
  readonly answersFrom: number;
}

/** Makes an engine of what it knows. */
export function createEngine(state: EngineState): TrainedEngine {
  const own = readSynonyms(state.synonyms);
  const { name, model = null } = state.embedding ?? {};
  return {
    state,
    answersFrom: state.gate.answerFrom,
    ...(name === undefined || model === null ? {} : { embedding: name }),
    decide: (question, language, vector) => decide(state, own, question, language, vector),
  };
}

function decide(
  state: EngineState,
  own: OwnSynonyms,
  question: string,
  language?: Language,
  vector?: Float32Array,
): Decision {
  const spoken = language ?? detectLanguage(question, state.languages[0] ?? 'es', state.languages);
  const reading = read(question, spoken, own);
  if (
    state.ids.length === 0 ||
    !legible.test(question) ||
    !reading.text.words.some((word) => word.length > 1)
  )
    return nothing;
  const scores = compare(state.evidence, reading);
  const embedding = state.embedding?.model ?? null;
  if (embedding !== null && vector?.length === embedding.index.size) {
    const { ranking, confidence } = judgeEmbedded(embedding, state, scores, vector, shown);
    return decisionOf(state, ranking, confidence, embedding.gate);
  }
  const ranking = rank(scores, state.rankWeights, state.learned, shown);
  const top = ranking.articles[0] ?? 0;
  if (scores.mostRetrieved === 0 && scores.nearest[top] === 0 && scores.linear[top] === 0) return nothing;
  return decisionOf(state, ranking, judge(state.confidence, scores, ranking), state.gate);
}

function decisionOf(
  state: EngineState,
  ranking: Ranking,
  { known, right }: Confidence,
  gate: Gate,
): Decision {
  const candidates = share(ranking, known, right, state.ids);
  const among = candidates.slice(0, choices).reduce((sum, { probability }) => sum + probability, 0);
  const decision = passGate(gate, known, known * right, candidates.length < 2 ? 0 : among);
  return { decision, article: candidates[0]?.article ?? null, confidence: known, candidates };
}

/** Gives the best article its calibrated probability, and the others what is left in proportion to their ranking. */
function share(ranking: Ranking, known: number, right: number, ids: readonly string[]): Candidate[] {
  const others = Math.max(1e-9, 1 - (ranking.probabilities[0] ?? 0));
  return [...ranking.articles].map((c, i) => {
    const rest = ((1 - right) * (ranking.probabilities[i] ?? 0)) / others;
    return { article: ids[c] ?? '', probability: known * (i === 0 ? right : Math.min(right, rest)) };
  });
}
