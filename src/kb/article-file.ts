import { Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Article } from '../core/article.ts';
import { checkArticle } from './article-schema.ts';
import { type Fault, showPath, type Wrong, wrong } from './fault.ts';

/** The article of one file and the line its id is on, or all that is wrong with it. */
export type ParsedFile =
  | { readonly article: Article; readonly line: number }
  | { readonly faults: readonly Fault[] };

interface Section {
  readonly name: string;
  readonly line: number;
  readonly text: string;
}

const fence = /^---[ \t]*$/u;

/** Whether a text begins as an article's file does: with front matter. */
export function hasFrontMatter(text: string): boolean {
  return fence.test(firstLine(text));
}

/**
 * Reads one article from Markdown with YAML front matter.
 * @param text the file's text
 * @param file its name, for the faults
 * @param brands the companies that it may be for; undefined: whoever it names
 */
export function parseArticleFile(text: string, file: string, brands?: readonly string[]): ParsedFile {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n?|\n/u);
  const end = lines.findIndex((line, i) => i > 0 && fence.test(line));
  const fault = (line: number, one: Wrong): Fault => ({ file, line, ...one });
  if (!hasFrontMatter(text))
    return { faults: [fault(1, wrong('no_front_matter', 'expected front matter: a first line of "---"'))] };
  if (end < 0) {
    const message = 'the front matter never ends: expected a second line of "---" after it';
    return { faults: [fault(1, wrong('open_front_matter', message))] };
  }

  const head = readHead(lines.slice(1, end).join('\n'));
  const faults = head.faults.map(({ line, ...one }) => fault(line, one));
  const sections = readSections(lines.slice(end + 1), end + 2);
  const places = new Map<string, number>(head.places);
  const value: Record<string, unknown> = { ...head.value };
  for (const name of ['answer', 'simple', 'technical']) {
    if (!(name in value)) continue;
    const message = `unknown key "${name}": expected it below the front matter`;
    faults.push(fault(places.get(name) ?? 2, wrong('below_front_matter', message, { name })));
    delete value[name];
  }
  for (const { name, line, text: body } of sections) {
    if (name in value) {
      const message = `"## ${name}" is there twice: expected it once`;
      faults.push(fault(line, wrong('section_twice', message, { name })));
      continue;
    }
    value[name] = body;
    places.set(name, line);
  }
  if (head.faults.length > 0) return { faults };
  const checked = checkArticle(value, brands);
  if ('faults' in checked) {
    for (const { path, ...one } of checked.faults) {
      const at = places.get(path.join('.')) ?? places.get(String(path[0])) ?? 1;
      const line = one.code === 'heading' ? headingLine(lines, at) : at;
      const where = one.code === 'unknown_key' ? {} : { path: showPath(path) };
      faults.push({ ...fault(line, one), ...where });
    }
    return { faults: faults.sort((a, b) => a.line - b.line) };
  }
  if (faults.length > 0) return { faults };
  return { article: checked.article, line: places.get('id') ?? 1 };
}

/** An article as the text of its file: what `parseArticleFile` reads back. */
export function formatArticle(article: Article): string {
  const { id, language, title, examples, tags, brands = [] } = article;
  const head = new Document({
    id,
    language,
    title,
    ...(examples.length > 0 ? { examples } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(brands.length > 0 ? { brands } : {}),
    ...(article.video === undefined ? {} : { video: true }),
    ...(article.followUpDays === undefined ? {} : { followUpDays: article.followUpDays }),
  });
  for (const list of [head.get('tags', true), head.get('brands', true)]) if (isSeq(list)) list.flow = true;
  const yaml = head.toString({ lineWidth: 0, flowCollectionPadding: false });
  const sections = [article.answer];
  if (article.simple !== undefined) sections.push(`## simple\n${article.simple}`);
  if (article.technical !== undefined) sections.push(`## technical\n${article.technical}`);
  return `---\n${yaml}---\n${sections.join('\n\n')}\n`;
}

interface Head {
  readonly value: Readonly<Record<string, unknown>>;
  /** Line in the file by path: `title`, `examples.2`. */
  readonly places: ReadonlyMap<string, number>;
  readonly faults: readonly (Wrong & { readonly line: number })[];
}

/** Every scalar is read as the text it is: a title may be a number, a tag "no". */
function readHead(yaml: string): Head {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, schema: 'failsafe' });
  const lineOf = (offset: number): number => counter.linePos(offset).line + 1;
  const places = new Map<string, number>();
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => {
      const detail = firstLine(message).replace(/ at line \d+.*$/u, '');
      return {
        line: lineOf(pos[0]),
        ...wrong('not_yaml', `the front matter is not YAML: ${detail}`, { detail }),
      };
    });
    return { value: {}, places, faults };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    const message = 'the front matter has YAML aliases: expected plain text and lists';
    return { value: {}, places, faults: [{ line: 2, ...wrong('yaml_aliases', message) }] };
  }
  if (!isMap(document.contents) || typeof value !== 'object' || value === null) {
    const message = 'the front matter has no keys: expected "id: …", "language: …" and "title: …"';
    return { value: {}, places, faults: [{ line: 2, ...wrong('no_keys', message) }] };
  }
  for (const { key, value: entry } of document.contents.items) {
    if (!isScalar(key) || !key.range) continue;
    places.set(String(key.value), lineOf(key.range[0]));
    if (!isSeq(entry)) continue;
    entry.items.forEach((item, i) => {
      if (isNode(item) && item.range) places.set(`${key.value}.${i}`, lineOf(item.range[0]));
    });
  }
  const empty = ([key, entry]: [string, unknown]): boolean =>
    entry === '' && (key === 'examples' || key === 'tags' || key === 'brands');
  const entries = Object.entries(value).filter((entry) => !empty(entry));
  return { value: Object.fromEntries(entries), places, faults: [] };
}

/** The answer and the sections below it; a heading that is neither stays in the text and is a fault there. */
function readSections(lines: readonly string[], firstLineNumber: number): Section[] {
  const sections: Section[] = [];
  let name = 'answer';
  let line = firstLineNumber;
  let text: string[] = [];
  lines.forEach((current, i) => {
    const found = /^##[ \t]+(simple|technical)[ \t]*$/iu.exec(current)?.[1];
    if (found === undefined) {
      text.push(current);
      return;
    }
    sections.push({ name, line, text: text.join('\n') });
    name = found.toLowerCase();
    line = firstLineNumber + i;
    text = [];
  });
  sections.push({ name, line, text: text.join('\n') });
  return sections;
}

function headingLine(lines: readonly string[], from: number): number {
  const at = lines.findIndex(
    (line, i) =>
      i >= from - 1 && /^ {0,3}#{1,6}(?:\s|$)/u.test(line) && !/^##[ \t]+(simple|technical)/iu.test(line),
  );
  return at < 0 ? from : at + 1;
}

function firstLine(text: string): string {
  return /^\uFEFF?([^\r\n]*)/u.exec(text)?.[1] ?? '';
}
