import type { Language } from './language.ts';
import type { OwnPhrases } from './phrase.ts';
import type { Rehearsal } from './rehearsal.ts';

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
  /** It helps that somebody sees it: a video call is offered beside a person. */
  readonly video?: true;
  /** Whom it helped is asked after so many days whether all is well still: 1 to 90. */
  readonly followUpDays?: number;
  /** The companies whose customers may be told it, by the name of their knowledge in `relevo.yaml`; absent: all. */
  readonly brands?: readonly string[];
}

/** A question that must go on being answered as it should: what every change of a base is tested with. */
export interface GoldenQuestion {
  readonly question: string;
  /** The customer's. */
  readonly language: Language;
  /** The id of the article that answers it; null when it must be left to a person. */
  readonly article: string | null;
  /** The company whose customer asks, as in an article's `brands`; absent: whoever may be told the article. */
  readonly brand?: string;
}

/** Words of one language that mean the same to the customers of this base. */
export interface SynonymGroup {
  readonly language: Language;
  /** Two or more. */
  readonly words: readonly string[];
}

/** Everything that decides how a base answers: what a draft and a published version hold, and what is rolled back together. */
export interface BaseContent {
  readonly articles: readonly Article[];
  readonly golden: readonly GoldenQuestion[];
  readonly synonyms: readonly SynonymGroup[];
  /** The largest share of questions that may be answered wrongly, above 0 and below 1. */
  readonly wrongRate: number;
  /** What the bot and Relevo say in other words than the catalogue's. */
  readonly phrases: OwnPhrases;
  /** Scripted customers that the base is tried with. */
  readonly rehearsals: readonly Rehearsal[];
  /** Nothing is published in which a rehearsal breaks. */
  readonly mustRehearse: boolean;
}

/** A base that nobody has written anything into. */
export const emptyContent: BaseContent = {
  articles: [],
  golden: [],
  synonyms: [],
  wrongRate: 0.05,
  phrases: {},
  rehearsals: [],
  mustRehearse: false,
};

/** What a draft or a version holds, without what says which it is. */
export function contentOf({
  articles,
  golden,
  synonyms,
  wrongRate,
  phrases,
  rehearsals,
  mustRehearse,
}: BaseContent): BaseContent {
  return { articles, golden, synonyms, wrongRate, phrases, rehearsals, mustRehearse };
}

/** A base as it was published: immutable, numbered from 1. */
export interface PublishedBase extends BaseContent {
  readonly version: number;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly comment: string;
  /** Answers only those customers whom a trial gives it: it was never live. */
  readonly candidate?: true;
}
