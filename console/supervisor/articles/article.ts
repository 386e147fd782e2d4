import type { Language } from '../../parts/preferences.ts';

/** An article in one language. */
export interface Article {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly examples: readonly string[];
  /** Markdown. */
  readonly answer: string;
  readonly simple?: string;
  readonly technical?: string;
  readonly tags: readonly string[];
  readonly video?: true;
  readonly followUpDays?: number;
  readonly brands?: readonly string[];
}

/** How an article of the draft stands to what is published. */
export type Status = 'new' | 'changed' | 'published';

/** An article of the draft. */
export interface Draft {
  readonly article: Article;
  /** Names the article as it was read; null: it is not there yet. */
  readonly etag: string | null;
  readonly status: Status;
}

/** An article in a list. */
export interface ArticleLine {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly examples: number;
  readonly tags: readonly string[];
  readonly status: Status;
}

/** Something that makes the draft answer badly. */
export interface Finding {
  /** `es/internet-lento`. */
  readonly place: string;
  readonly rule: string;
  readonly message: string;
  readonly about?: Readonly<Record<string, string | number>>;
}

/** What somebody did to an article. */
export interface Entry {
  readonly number: number;
  readonly at: string;
  readonly who: { readonly id: string; readonly name: string };
  readonly action: string;
  readonly reason: string;
  readonly before: Article | null;
  readonly after: Article | null;
}

/** The ways in which an article is worded. */
export const wordings = ['answer', 'simple', 'technical'] as const;
/** One of them, by the name of the part that holds it. */
export type Wording = (typeof wordings)[number];

/** The parts of an article that are compared with each other, as texts. */
export const parts = [
  'title',
  'answer',
  'simple',
  'technical',
  'examples',
  'tags',
  'brands',
  'video',
  'followUpDays',
] as const;

/** A part of an article as a text; empty where there is none. */
export function textOf(article: Article | null, part: (typeof parts)[number]): string {
  const value = article?.[part];
  if (value === undefined) return '';
  if (typeof value === 'object') return value.join('\n');
  return value === true ? '✓' : String(value);
}

/** The parts in which two articles differ. */
export function differing(one: Article | null, other: Article | null): readonly (typeof parts)[number][] {
  return parts.filter((part) => textOf(one, part) !== textOf(other, part));
}

/** An article as it is saved: without empty lines and empty parts. */
export function tidy(article: Article): Article {
  const { simple, technical, brands, followUpDays, ...rest } = article;
  const filled = (lines: readonly string[]) => lines.map((line) => line.trim()).filter((line) => line !== '');
  return {
    ...rest,
    examples: filled(rest.examples),
    tags: filled(rest.tags),
    ...(simple === undefined || simple.trim() === '' ? {} : { simple }),
    ...(technical === undefined || technical.trim() === '' ? {} : { technical }),
    ...(brands === undefined || filled(brands).length === 0 ? {} : { brands: filled(brands) }),
    ...(followUpDays === undefined || followUpDays < 1 ? {} : { followUpDays }),
  };
}
