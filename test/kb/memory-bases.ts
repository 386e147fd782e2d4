import { type Article, type BaseContent, emptyContent, type PublishedBase } from '../../src/core/article.ts';
import type { Bases } from '../../src/store/bases.ts';

/** The store's bases in memory. */
export function memoryBases(): Bases {
  let draft: BaseContent & { revision: number } = { revision: 0, ...emptyContent };
  const published: PublishedBase[] = [];
  const engines = new Map<number, Uint8Array>();
  const current = () => published.findLast(({ candidate }) => candidate !== true) ?? null;
  return {
    heads: async () => ({ revision: draft.revision, version: current()?.version ?? null }),
    draft: async () => draft,
    async saveDraft(content, revision) {
      if (revision !== draft.revision) return false;
      draft = { ...structuredClone(content), revision: revision + 1 };
      return true;
    },
    current: async () => current(),
    version: async (version) => published[version - 1] ?? null,
    versions: async () =>
      published
        .map(({ articles, version, publishedAt, publishedBy, comment, candidate }) => ({
          ...{ version, publishedAt, publishedBy, comment, ...(candidate ? { candidate } : {}) },
          articleCount: articles.length,
        }))
        .reverse(),
    trained: async (version) => engines.get(version) ?? null,
    async saveTrained(version, engine) {
      engines.set(version, engine);
    },
    async publish(base) {
      published.push({ ...structuredClone(base), version: published.length + 1 });
      return published.length;
    },
  };
}

/** What a base of these articles holds. */
export function contentOf(
  articles: readonly Article[],
  tuning: Partial<Omit<BaseContent, 'articles'>> = {},
): BaseContent {
  return { ...emptyContent, articles, ...tuning };
}

/** An article with what a test says and something in the rest. */
export function articleOf(part: Partial<Article> = {}): Article {
  return {
    id: 'internet-lento',
    language: 'es',
    title: 'Internet lento',
    examples: ['mi internet va lento'],
    answer: 'Reinicia el router.',
    tags: ['internet'],
    ...part,
  };
}
