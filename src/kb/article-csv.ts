import { CsvError, parse } from 'csv-parse/sync';
import type { Article } from '../core/article.ts';
import { checkArticle } from './article-schema.ts';
import { type Fault, showPath, type Wrong, wrong } from './fault.ts';

const columns = [
  'id',
  'language',
  'title',
  'examples',
  'answer',
  'simple',
  'technical',
  'tags',
  'brands',
] as const;
const needed = ['id', 'language', 'title', 'answer'];

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads articles from a CSV with a header line, separated by commas, semicolons or tabs.
 * Examples are one a line in their cell or separated by `|`; tags and brands also by commas.
 * @param text the file's text
 * @param file its name, for the faults
 * @param brands the companies that articles may be for; undefined: whoever they name
 * @returns the articles with the line each begins on, or all that is wrong
 */
export function parseArticleCsv(
  text: string,
  file: string,
  brands?: readonly string[],
): { articles: { article: Article; line: number }[] } | { faults: Fault[] } {
  let rows: readonly Row[];
  try {
    rows = readRows(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1);
    const detail = error.message.replace(/ at line \d+/u, '');
    return { faults: [{ file, line, ...wrong('not_csv', `not a CSV: ${detail}`, { detail }) }] };
  }
  const [header, ...body] = rows;
  if (!header) return { articles: [] };
  const names = header.record.map((name) => name.trim().toLowerCase());
  const headFaults = checkHeader(names);
  if (headFaults.length > 0) return { faults: headFaults.map((one) => ({ file, line: 1, ...one })) };

  const articles: { article: Article; line: number }[] = [];
  const faults: Fault[] = [];
  for (const { record, info } of body) {
    const line = info.lines - record.reduce((sum, cell) => sum + (cell.split('\n').length - 1), 0);
    if (record.every((cell) => cell.trim() === '')) continue;
    if (record.length !== names.length) {
      const message = `has ${record.length} cells: expected ${names.length}, as in the header`;
      const about = { count: record.length, expected: names.length };
      faults.push({ file, line, ...wrong('cells', message, about) });
      continue;
    }
    const checked = checkArticle(articleOf(names, record), brands);
    if ('article' in checked) articles.push({ article: checked.article, line });
    else
      for (const { path, ...one } of checked.faults)
        faults.push({ file, line, ...one, path: showPath(path) });
  }
  return faults.length > 0 ? { faults } : { articles };
}

function readRows(text: string): readonly Row[] {
  const header = /^[^\r\n]*/u.exec(text.replace(/^\uFEFF/u, ''))?.[0] ?? '';
  const delimiter =
    [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
  // With `info` each record comes with its place, which the types of csv-parse do not say.
  // Line ends become one character: csv-parse would count those of Windows twice inside a cell.
  return parse(text.replace(/\r\n?/gu, '\n'), {
    bom: true,
    info: true,
    delimiter,
    columns: false,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as unknown as readonly Row[];
}

function checkHeader(names: readonly string[]): Wrong[] {
  const known = columns.join(', ');
  const expected = `expected the columns ${known}`;
  const faults = names
    .filter((name) => !columns.some((column) => column === name))
    .map((name) => wrong('unknown_column', `unknown column "${name}": ${expected}`, { name, known }));
  for (const name of needed)
    if (!names.includes(name))
      faults.push(wrong('missing_column', `no column "${name}": ${expected}`, { name, known }));
  const name = names.find((one, i) => names.indexOf(one) !== i);
  if (name !== undefined)
    faults.push(wrong('column_twice', `the column "${name}" is there twice: expected it once`, { name }));
  return faults;
}

function articleOf(names: readonly string[], record: readonly string[]): Record<string, unknown> {
  const cell = (name: string): string => (record[names.indexOf(name)] ?? '').trim();
  const entries = (name: string, separator: RegExp): string[] =>
    cell(name)
      .split(separator)
      .filter((entry) => entry.trim() !== '');
  return {
    id: cell('id'),
    language: cell('language'),
    title: cell('title'),
    examples: entries('examples', /[\n|]/u),
    answer: cell('answer'),
    ...(cell('simple') === '' ? {} : { simple: cell('simple') }),
    ...(cell('technical') === '' ? {} : { technical: cell('technical') }),
    tags: entries('tags', /[\n|,]/u),
    brands: entries('brands', /[\n|,]/u),
  };
}
