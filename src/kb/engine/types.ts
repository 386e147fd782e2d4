import type { SynonymGroup } from '../../core/article.ts';
import type { Language } from '../../core/language.ts';
import type { Meanings } from './embedding.ts';

/** What the engine needs of an article. Entries with one `id` (translations) are one article to it. */
export interface EngineArticle {
  readonly id: string;
  /** Without it the language is guessed from the text. */
  readonly language?: Language;
  readonly title?: string;
  /** Questions as customers ask them. */
  readonly examples?: readonly string[];
  readonly answer?: string;
}

/** One article that may be meant; `probability` that it is, 0 to 1. */
export interface Candidate {
  readonly article: string;
  readonly probability: number;
}

/** What to do with a question. */
export interface Decision {
  readonly decision: 'answer' | 'clarify' | 'handoff';
  /** The best article, whatever the decision; null when nothing speaks for any. */
  readonly article: string | null;
  /** Calibrated probability, 0 to 1, that the base has an answer; that it is `article` is the first candidate's. */
  readonly confidence: number;
  /** Up to five, most probable first. */
  readonly candidates: readonly Candidate[];
}

/** A trained base. */
export interface Engine {
  /**
   * Decides on one question; without `language` it is guessed among those of the base.
   * @param vector the question's, by the model of `embedding`; without it the words alone decide
   */
  decide(question: string, language?: Language, vector?: Float32Array): Decision;
  /** The model whose vectors help it to decide; absent when none do. */
  readonly embedding?: string;
  /** How sure it is at least where it answers, by its words alone, 0 to 1; absent where there is no such bar. */
  readonly answersFrom?: number;
}

/** Settings of the training. */
export interface TrainOptions {
  /** Largest share of questions that may be answered wrongly, 0 to 1; default 0.05. */
  readonly wrongRate?: number;
  /** Words that mean the same to the customers of this base; beside the everyday synonyms that are known anyway. */
  readonly synonyms?: readonly SynonymGroup[];
  /** Vectors of what `textsToEmbed` gives, as one more evidence; default none. */
  readonly meanings?: Meanings;
  /** Seed of every random choice; default 1. */
  readonly seed?: number;
}
