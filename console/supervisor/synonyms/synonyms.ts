import type { Language } from '../../parts/preferences.ts';

/** Words that mean the same to customers of one language. */
export interface Group {
  readonly language: Language;
  readonly words: readonly string[];
}

/** The draft's synonyms, and what of them is published. */
export interface Synonyms {
  readonly groups: readonly Group[];
  readonly etag: string;
  /** A group a line; null: nothing is published. */
  readonly published: string | null;
}

/** One group in place of another; null: none. */
export interface Step {
  readonly from: Group | null;
  readonly to: Group | null;
}

/** A group as its line. Pure. */
export function lineOf({ language, words }: Group): string {
  return `${language}: ${words.join(', ')}`;
}

/** What somebody typed, as words: each once, in lower case, without doubled spaces. Pure. */
export function wordsOf(typed: string): readonly string[] {
  const words = typed.split(/[,;\n]/u).map((word) => word.replace(/\s+/gu, ' ').trim().toLowerCase());
  return [...new Set(words.filter((word) => word !== ''))];
}

/** The groups after a step; where what is to be replaced is gone, the new one is added. Pure. */
export function afterStep(groups: readonly Group[], { from, to }: Step): readonly Group[] {
  const place = from === null ? -1 : groups.findIndex((one) => lineOf(one) === lineOf(from));
  if (place < 0) return to === null ? groups : [to, ...groups];
  return [...groups.slice(0, place), ...(to === null ? [] : [to]), ...groups.slice(place + 1)];
}

/** A word of a new group that another group of its language has already; undefined: none. Pure. */
export function takenIn(
  groups: readonly Group[],
  { from, to }: { readonly from: Group | null; readonly to: Group },
): { readonly word: string; readonly group: Group } | undefined {
  const others = groups.filter(
    (one) => one.language === to.language && (from === null || lineOf(one) !== lineOf(from)),
  );
  for (const word of to.words) {
    const group = others.find(({ words }) => words.includes(word));
    if (group !== undefined) return { word, group };
  }
  return undefined;
}
