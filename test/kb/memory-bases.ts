import type { Article, PublishedBase } from '../../src/core/article.ts';
import type { Bases } from '../../src/store/store.ts';

/** The store's bases in memory. */
export function memoryBases(): Bases {
  let draft: { revision: number; articles: readonly Article[] } = { revision: 0, articles: [] };
  const published: PublishedBase[] = [];
  return {
    draft: async () => draft,
    async saveDraft(articles, revision) {
      if (revision !== draft.revision) return false;
      draft = { revision: revision + 1, articles: structuredClone(articles) };
      return true;
    },
    current: async () => published.at(-1) ?? null,
    version: async (version) => published[version - 1] ?? null,
    versions: async () =>
      published.map(({ articles, ...base }) => ({ ...base, articleCount: articles.length })).reverse(),
    async publish(base) {
      published.push({ ...structuredClone(base), version: published.length + 1 });
      return published.length;
    },
  };
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
