import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { RelevoError } from '../core/errors.ts';
import type { Embedder } from './embedder.ts';
import { findPersonalData } from './personal-data.ts';

/** The vectors of questions that were asked for a moment ago. */
export interface QuestionVectors {
  /** Fetches those that are not there yet, in one call. Never throws because of the endpoint. */
  fetch(questions: readonly string[], names: readonly string[], signal: AbortSignal): Promise<void>;
  /** Undefined when it was not fetched, or could not be. */
  of(question: string): Float32Array | undefined;
}

/** A customer waits no longer than this for a better ranking. */
const timeoutMs = 800;
const kept = 500;
/** One call takes no more. */
const mostQuestions = 16;

/** Keeps the vectors of the last questions. */
export function createQuestionVectors(embedder: Embedder, log: Logger): QuestionVectors {
  const vectors = new LRUCache<string, Float32Array>({ max: kept });
  return {
    of: (question) => vectors.get(question),
    async fetch(questions, names, signal) {
      const missing = [...new Set(questions)]
        .filter((question) => !vectors.has(question) && !cutsPersonalData(question, questions, names))
        .slice(0, mostQuestions);
      if (missing.length === 0) return;
      try {
        const found = await embedder.embed(missing, { timeoutMs, names, signal });
        missing.forEach((question, at) => {
          const vector = found[at];
          if (vector !== undefined) vectors.set(question, vector);
        });
      } catch (error) {
        if (signal.aborted || !(error instanceof RelevoError)) throw error;
        log.info({ code: error.code }, 'no vectors for a question: the words alone decide');
      }
    },
  };
}

/** Half an address cannot be told to be one: a part of another question that cuts through personal data stays here. */
function cutsPersonalData(part: string, questions: readonly string[], names: readonly string[]): boolean {
  return questions.some((whole) => {
    const from = whole === part ? -1 : whole.indexOf(part);
    if (from < 0) return false;
    const to = from + part.length;
    return findPersonalData(whole, names).some(({ at, words }) => {
      const end = at + words.length;
      return (at < from && from < end) || (at < to && to < end);
    });
  });
}
