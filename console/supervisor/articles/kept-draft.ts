import type { Article } from './article.ts';

/** What somebody has written and not saved, and the article it was made of. */
export interface KeptDraft {
  readonly article: Article;
  readonly etag: string | null;
}

const nameOf = (key: string) => `relevo.article.${key}`;

/** What was written in this window and not saved; null when there is nothing. */
export function readKept(key: string): KeptDraft | null {
  try {
    const text = sessionStorage.getItem(nameOf(key));
    return text === null ? null : (JSON.parse(text) as KeptDraft);
  } catch {
    return null;
  }
}

/** Keeps what was written over a reload; null: there is nothing to keep. A browser without room keeps nothing. */
export function keep(key: string, kept: KeptDraft | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(nameOf(key));
    else sessionStorage.setItem(nameOf(key), JSON.stringify(kept));
  } catch {
    // Storage is full or switched off: the page itself still has it.
  }
}
