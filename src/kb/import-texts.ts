import type { Article } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import { parseArticleCsv } from './article-csv.ts';
import { hasFrontMatter, parseArticleFile } from './article-file.ts';
import type { Fault } from './fault.ts';
import { type Found, importFaults, repeated } from './import-files.ts';

/** A file with articles, by its name: `.csv`, or Markdown. */
export interface ArticleText {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads all articles of files that are here already.
 * @returns the articles, and the Markdown files that are none
 * @throws RelevoError `kb_import_empty` when there is no article, `kb_import_faults` with every fault of every file
 */
export function readArticleTexts(texts: readonly ArticleText[]): {
  readonly articles: readonly Article[];
  readonly skipped: readonly string[];
} {
  const found: Found[] = [];
  const faults: Fault[] = [];
  const skipped: string[] = [];
  for (const { name, text } of texts) {
    if (/\.csv$/iu.test(name)) {
      const parsed = parseArticleCsv(text, name);
      if ('faults' in parsed) faults.push(...parsed.faults);
      else found.push(...parsed.articles.map((one) => ({ ...one, file: name })));
    } else if (hasFrontMatter(text)) {
      const parsed = parseArticleFile(text, name);
      if ('faults' in parsed) faults.push(...parsed.faults);
      else found.push({ ...parsed, file: name });
    } else skipped.push(name);
  }
  const all = [...faults, ...repeated(found)];
  if (all.length > 0) throw importFaults(all);
  if (found.length === 0)
    throw new RelevoError('kb_import_empty', 'the files have no articles', {
      hint: 'Expected Markdown files whose first line is "---", or a CSV with a header and at least one more line.',
    });
  return { articles: found.map(({ article }) => article), skipped };
}
