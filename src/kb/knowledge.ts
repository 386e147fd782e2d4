import type { Article } from '../core/article.ts';
import type { Language } from '../core/language.ts';

/** An article and how likely it is the right one. */
export interface Candidate {
  /** In the asked language where a translation exists; else in another, and `article.language` says so. */
  readonly article: Article;
  /** 0 to 1. */
  readonly probability: number;
}

/** What the knowledge base makes of a question. */
export interface Finding {
  /** Answer with the first candidate; ask which of a few was meant; or leave it to a person. */
  readonly decision: 'answer' | 'clarify' | 'handoff';
  /** The probability that the first candidate is right, 0 to 1. */
  readonly confidence: number;
  /** Best first, at most five. */
  readonly candidates: readonly Candidate[];
  /** The published version that was asked; 0 before the first. */
  readonly version: number;
}

/** What the published base knows. */
export interface Knowledge {
  /**
   * Fetches what takes time for questions that are about to be asked; absent where nothing does. One that was not prepared is
   * answered too, by its words alone.
   * @param names of people, which are not to leave
   * @throws only when `signal` ends it
   */
  prepare?(questions: readonly string[], names: readonly string[], signal: AbortSignal): Promise<void>;
  /** Finds what answers a question. @param language the customer's */
  ask(question: string, language: Language): Finding;
  /** An article by id, in the language or another; null when it is not published. */
  article(id: string, language: Language): Article | null;
}

/** What is published for each company that is served. */
export interface BrandKnowledge extends Knowledge {
  /**
   * What a company's customers may be told: its own articles and those that are everybody's. What no brand is said of
   * (`ask` and `article` themselves) is only everybody's. Absent: everything is.
   * @param brand null: the only one, or none of those that are named
   * @param customer who asks, by their address as text: a trial may have another version answer them; absent: what is live
   */
  of?(brand: string | null, customer?: string): Knowledge;
}
