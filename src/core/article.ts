import type { Language } from './language.ts';

/**
 * One article of the knowledge base in one language.
 * Translations of one article share the `id`; `(id, language)` is unique in a base.
 */
export interface Article {
  /** Lower-case words joined by hyphens, at most 80 characters; the same in every language. */
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  /** Questions as customers really ask them. May be empty: then the article is found by its text. */
  readonly examples: readonly string[];
  /** The answer, in Markdown: a sentence or two, then numbered steps where there are any. */
  readonly answer: string;
  /** The same answer in everyday words. */
  readonly simple?: string;
  /** The same answer for somebody who knows the field. */
  readonly technical?: string;
  readonly tags: readonly string[];
}

/** A base as it was published: immutable, numbered from 1. */
export interface PublishedBase {
  readonly version: number;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly comment: string;
  readonly articles: readonly Article[];
}
