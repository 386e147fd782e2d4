import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Article, BaseContent } from '../../core/article.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Language } from '../../core/language.ts';
import { formatArticle } from '../article-file.ts';
import { articleKey } from '../article-key.ts';
import { checkArticle } from '../article-schema.ts';
import type { KnowledgeBases } from '../bases.ts';
import { changeDraft } from '../draft.ts';
import { showPath } from '../fault.ts';
import { mergeArticles, type Put, putArticles } from '../import.ts';
import { type ArticleText, readArticleTexts } from '../import-texts.ts';
import { onShelf } from '../shelves.ts';
import { lastMade } from './last-made.ts';
import { maxWritten, type WriteDown, type Writer } from './write-down.ts';

/** An article of the draft, and how it stands to what is published. */
export interface DraftArticle {
  readonly article: Article;
  /** Changes with every change of the article: what a save must name. */
  readonly etag: string;
  readonly status: 'new' | 'changed' | 'published';
}

/** Which articles are wanted. */
export interface ArticleQuery {
  /** Words, all of which the id, the title or an example holds. */
  readonly words?: string;
  readonly language?: Language;
  readonly tag?: string;
  readonly status?: DraftArticle['status'];
  /** Only what customers of one of these companies may be told. */
  readonly shelves?: readonly string[];
  readonly offset: number;
  readonly limit: number;
}

/** What an import did, in articles. */
export interface Imported {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly skipped: readonly string[];
}

/** The draft's articles as supervisors work on them. */
export interface ArticleWork {
  list(query: ArticleQuery): Promise<{ readonly articles: readonly DraftArticle[]; readonly of: number }>;
  /** @param key such as `es/internet-lento`. @returns null when the draft has none */
  get(key: string): Promise<DraftArticle | null>;
  /**
   * Saves an article in the draft.
   * @param etag of the article as it was opened; null: it is a new one
   * @throws RelevoError `kb_article_faults`; `kb_article_changed` when somebody else saved it meanwhile: nothing is overwritten
   */
  save(writer: Writer, value: unknown, etag: string | null): Promise<DraftArticle>;
  /** Takes an article out of the draft. @throws RelevoError `kb_article_changed`, `kb_article_unknown` */
  remove(writer: Writer, key: string, etag: string): Promise<void>;
  /** Puts articles of Markdown or CSV texts into the draft: all or nothing. @throws RelevoError `kb_import_faults`, `kb_import_empty` */
  importTexts(writer: Writer, texts: readonly ArticleText[], replace: boolean): Promise<Imported>;
  /** Every article as the text of its file, which an import reads back. */
  exportTexts(which: 'draft' | 'published'): Promise<readonly ArticleText[]>;
}

const none: readonly Article[] = [];

/** Works on the draft's articles; every change is written down. */
export function createArticleWork({
  bases,
  writeDown,
}: {
  readonly bases: KnowledgeBases;
  readonly writeDown: WriteDown;
}): ArticleWork {
  const compare = lastMade(compared);
  const textsOf = lastMade((all: readonly DraftArticle[]) => all.map(({ article }) => searchedIn(article)));

  async function both(): Promise<readonly DraftArticle[]> {
    const [draft, current] = await Promise.all([bases.draft(), bases.current()]);
    return compare(draft.articles, current?.articles ?? none);
  }

  async function get(key: string): Promise<DraftArticle | null> {
    return (await both()).find(({ article }) => articleKey(article) === key) ?? null;
  }

  return {
    get,
    async list({ words = '', language, tag, status, shelves, offset, limit }) {
      const wanted = folded(words).split(' ').filter(Boolean);
      const all = await both();
      const texts = wanted.length === 0 ? null : textsOf(all);
      const found = all.filter(
        (one, place) =>
          (language === undefined || one.article.language === language) &&
          (tag === undefined || one.article.tags.includes(tag)) &&
          (status === undefined || one.status === status) &&
          (shelves === undefined || shelves.some((name) => onShelf(name, one.article))) &&
          (texts === null || wanted.every((word) => texts[place]?.includes(word))),
      );
      return { articles: found.slice(offset, offset + limit), of: found.length };
    },
    async save(writer, value, etag) {
      const checked = checkArticle(value);
      if ('faults' in checked) {
        const details = checked.faults.map(({ path, ...one }) => ({ ...one, path: showPath(path) }));
        throw new RelevoError(
          'kb_article_faults',
          details.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
          { details },
        );
      }
      const { article } = checked;
      const key = articleKey(article);
      const before = await changeDraft(bases, (content) => {
        const known = content.articles.find((one) => articleKey(one) === key) ?? null;
        refuseOthers(known, etag);
        return { content: withArticle(content, article), result: known };
      });
      if (!isDeepStrictEqual(before, article))
        await writeDown(writer, 'article.save', `article/${key}`, json(before), json(article));
      return (await get(key)) ?? { article, etag: etagOf(article), status: 'changed' };
    },
    async remove(writer, key, etag) {
      const before = await changeDraft(bases, (content) => {
        const known = content.articles.find((one) => articleKey(one) === key) ?? null;
        if (known === null) throw unknownArticle(key);
        refuseOthers(known, etag);
        const articles = content.articles.filter((one) => one !== known);
        return { content: { ...content, articles }, result: known };
      });
      await writeDown(writer, 'article.remove', `article/${key}`, json(before), null);
    },
    async importTexts(writer, texts, replace) {
      const { articles: incoming, skipped } = readArticleTexts(texts);
      const put = await putArticles(bases, incoming, replace);
      await writeImported(writeDown, writer, put, replace);
      return { ...put.counts, skipped };
    },
    async exportTexts(which) {
      const content = which === 'draft' ? await bases.draft() : await bases.current();
      return (content?.articles ?? []).map((article) => ({
        name: `${articleKey(article)}.md`,
        text: formatArticle(article),
      }));
    },
  };
}

/** Writes down an import, and each article that it changed unless they are many. */
export async function writeImported(
  writeDown: WriteDown,
  writer: Writer,
  { counts, incoming, before }: Put,
  replace: boolean,
): Promise<void> {
  await writeDown(writer, 'articles.import', 'articles', null, { ...counts, replace });
  const known = new Map(before.map((article) => [articleKey(article), article]));
  const changed = incoming.filter((article) => !isDeepStrictEqual(known.get(articleKey(article)), article));
  if (changed.length > maxWritten) return;
  for (const article of changed) {
    const key = articleKey(article);
    const was = known.get(key) ?? null;
    await writeDown(writer, 'article.import', `article/${key}`, json(was), json(article));
  }
}

/** Changes with the article: a number that nobody needs to keep. */
export function etagOf(article: Article): string {
  const sorted = Object.entries(article).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 20);
}

/** An article that the draft does not have. */
export function unknownArticle(key: string): RelevoError {
  return new RelevoError('kb_article_unknown', `the draft has no article "${key}"`);
}

function refuseOthers(known: Article | null, etag: string | null): void {
  if ((known === null ? null : etagOf(known)) === etag) return;
  throw new RelevoError(
    'kb_article_changed',
    known === null
      ? 'the article is no more in the draft'
      : etag === null
        ? 'the draft has an article of this name already'
        : 'somebody else saved the article meanwhile',
    { hint: 'Open it again and look at what was changed; nothing was overwritten.' },
  );
}

function withArticle(content: BaseContent, article: Article): BaseContent {
  const { articles } = mergeArticles(content.articles, [article], false);
  return { ...content, articles };
}

/** Each article of a draft, beside those that are published. */
function compared(draft: readonly Article[], current: readonly Article[]): readonly DraftArticle[] {
  const published = new Map(current.map((article) => [articleKey(article), article]));
  return draft.map((article) => {
    const known = published.get(articleKey(article));
    const status = known === undefined ? 'new' : isDeepStrictEqual(known, article) ? 'published' : 'changed';
    return { article, etag: etagOf(article), status };
  });
}

function searchedIn({ id, title, examples }: Article): string {
  return folded([id, title, ...examples].join(' '));
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function json(article: Article | null): Json {
  return article === null ? null : (JSON.parse(JSON.stringify(article)) as Json);
}
