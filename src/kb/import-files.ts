import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Article } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import { parseArticleCsv } from './article-csv.ts';
import { hasFrontMatter, parseArticleFile } from './article-file.ts';
import { articleKey } from './article-key.ts';
import { detailsOf, type Fault, showFault, wrong } from './fault.ts';

/** An article and where it was found. */
export interface Found {
  readonly article: Article;
  readonly file: string;
  readonly line: number;
}

interface Reading {
  readonly found: Found[];
  readonly faults: Fault[];
  readonly skipped: string[];
  readonly brands: readonly string[] | undefined;
}

const mostShown = 50;
const mostMarkdownBytes = 2_000_000;
const mostCsvBytes = 500_000_000;

/**
 * Reads all articles of a folder (its Markdown files with front matter, at any depth), of one such file or of a `.csv`.
 * @param brands the companies that articles may be for; undefined: whoever they name
 * @returns the articles, and the Markdown files that are none
 * @throws RelevoError `kb_import_missing` for a path that is not there, `kb_import_unknown` for another kind of file,
 *   `kb_import_empty` when there is no article, `kb_import_faults` with every fault of every file
 */
export async function readArticles(
  path: string,
  brands?: readonly string[],
): Promise<{ articles: readonly Article[]; skipped: readonly string[] }> {
  const reading: Reading = { found: [], faults: [], skipped: [], brands };
  const kind = await kindOf(path);
  if (kind === 'csv') await readCsv(path, reading);
  else
    for (const file of kind === 'folder' ? await markdownBelow(path) : [path])
      await readMarkdown(file, reading);

  const faults = [...reading.faults, ...repeated(reading.found)];
  if (faults.length > 0) throw importFaults(faults);
  if (reading.found.length === 0)
    throw new RelevoError('kb_import_empty', `${path} has no articles`, {
      hint: 'Expected Markdown files whose first line is "---", or a CSV with a header and at least one more line.',
    });
  return { articles: reading.found.map(({ article }) => article), skipped: reading.skipped };
}

async function kindOf(path: string): Promise<'folder' | 'csv' | 'markdown'> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new RelevoError('kb_import_missing', `${path} cannot be found`, {
      hint: 'Expected a folder of Markdown files or a .csv file.',
      cause,
    });
  });
  if (found.isDirectory()) return 'folder';
  if (found.isFile() && /\.csv$/iu.test(path)) return 'csv';
  if (found.isFile() && /\.md$/iu.test(path)) return 'markdown';
  throw new RelevoError('kb_import_unknown', `${path} is neither a folder nor a .md or .csv file`);
}

async function markdownBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.md$/iu.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readCsv(file: string, reading: Reading): Promise<void> {
  const text = await readText(file, mostCsvBytes, reading);
  if (text === null) return;
  const parsed = parseArticleCsv(text, file, reading.brands);
  if ('faults' in parsed) reading.faults.push(...parsed.faults);
  else reading.found.push(...parsed.articles.map((one) => ({ ...one, file })));
}

async function readMarkdown(file: string, reading: Reading): Promise<void> {
  const text = await readText(file, mostMarkdownBytes, reading);
  if (text === null) return;
  if (!hasFrontMatter(text)) {
    reading.skipped.push(file);
    return;
  }
  const parsed = parseArticleFile(text, file, reading.brands);
  if ('faults' in parsed) reading.faults.push(...parsed.faults);
  else reading.found.push({ ...parsed, file });
}

/** A file's text; null and a fault when it is too large or not UTF-8. */
async function readText(file: string, mostBytes: number, reading: Reading): Promise<string | null> {
  const { size } = await stat(file);
  if (size > mostBytes) {
    const message = `the file has ${size} bytes: expected at most ${mostBytes}`;
    const about = { size, most: mostBytes };
    reading.faults.push({ file, line: 1, ...wrong('file_too_large', message, about) });
    return null;
  }
  const bytes = await readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const before = bytes.toString('utf8').split('\uFFFD', 1)[0] ?? '';
    const message = 'the text is not UTF-8: save the file with the encoding UTF-8';
    reading.faults.push({ file, line: before.split('\n').length, ...wrong('not_utf8', message) });
    return null;
  }
}

/** Articles that are there twice. */
export function repeated(found: readonly Found[]): Fault[] {
  const first = new Map<string, Found>();
  const faults: Fault[] = [];
  for (const one of found) {
    const { id, language } = one.article;
    const key = articleKey(one.article);
    const before = first.get(key);
    if (!before) first.set(key, one);
    else {
      const message = `the article "${id}" (${language}) is already in ${before.file} line ${before.line}: expected it once`;
      const about = { article: id, language, where: before.file, at: before.line };
      faults.push({ file: one.file, line: one.line, ...wrong('article_twice', message, about) });
    }
  }
  return faults;
}

/** Every fault of an import, for people. */
export function importFaults(faults: readonly Fault[]): RelevoError {
  const shown = faults.slice(0, mostShown).map((fault) => `\n  ${showFault(fault)}`);
  const rest = faults.length - shown.length;
  return new RelevoError(
    'kb_import_faults',
    `${faults.length} fault(s), nothing was imported:${shown.join('')}${rest > 0 ? `\n  and ${rest} more` : ''}`,
    { hint: 'Correct them all and import again.', details: detailsOf(faults, mostShown) },
  );
}
