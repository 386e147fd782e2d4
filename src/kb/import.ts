import { isDeepStrictEqual } from 'node:util';
import type { Article } from '../core/article.ts';
import { articleKey } from './article-key.ts';
import type { KnowledgeBases } from './bases.ts';
import { changeDraft } from './draft.ts';
import { readArticles } from './import-files.ts';

/** What an import did to the draft, in articles; `skipped` are Markdown files that are no articles. */
export interface ImportResult {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly skipped: readonly string[];
}

/**
 * Puts articles into a draft: those with the same id and language are replaced, new ones come after the others.
 * @param replace whether the draft becomes exactly `incoming`
 */
export function mergeArticles(
  draft: readonly Article[],
  incoming: readonly Article[],
  replace: boolean,
): { articles: readonly Article[] } & Omit<ImportResult, 'skipped'> {
  const fresh = new Map(incoming.map((article) => [articleKey(article), article]));
  const known = new Map(draft.map((article) => [articleKey(article), article]));
  const kept = draft.filter((article) => !replace || fresh.has(articleKey(article)));
  const added = incoming.filter((article) => !known.has(articleKey(article)));
  const unchanged = incoming.filter((article) => isDeepStrictEqual(known.get(articleKey(article)), article));
  return {
    articles: [...kept.map((article) => fresh.get(articleKey(article)) ?? article), ...added],
    added: added.length,
    changed: incoming.length - added.length - unchanged.length,
    unchanged: unchanged.length,
    removed: draft.length - kept.length,
  };
}

/**
 * Imports a folder of Markdown files or a CSV file into the draft: all of it or nothing.
 * @param options `replace`: the draft becomes exactly the import; `brands`: the companies that articles may be for, absent: any
 * @throws RelevoError as `readArticles` does; `kb_draft_busy` when others keep saving the draft meanwhile
 */
export async function importArticles(
  bases: KnowledgeBases,
  path: string,
  options: { readonly replace?: boolean; readonly brands?: readonly string[] } = {},
): Promise<ImportResult> {
  const { articles: incoming, skipped } = await readArticles(path, options.brands);
  return changeDraft(bases, (before) => {
    const { articles, ...counts } = mergeArticles(before.articles, incoming, options.replace ?? false);
    return { content: { ...before, articles }, result: { ...counts, skipped } };
  });
}
