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

/** What articles that were put into a draft changed. */
export interface Put {
  readonly counts: Omit<ImportResult, 'skipped'>;
  readonly incoming: readonly Article[];
  /** The draft's articles as they were. */
  readonly before: readonly Article[];
}

/** Puts articles into the draft. @param replace as `mergeArticles` has it. @throws RelevoError `kb_draft_busy` */
export async function putArticles(
  bases: KnowledgeBases,
  incoming: readonly Article[],
  replace: boolean,
): Promise<Put> {
  return changeDraft(bases, (content) => {
    const { articles, ...counts } = mergeArticles(content.articles, incoming, replace);
    return { content: { ...content, articles }, result: { counts, incoming, before: content.articles } };
  });
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
): Promise<ImportResult & { readonly put: Put }> {
  const { articles, skipped } = await readArticles(path, options.brands);
  const put = await putArticles(bases, articles, options.replace ?? false);
  return { ...put.counts, skipped, put };
}
