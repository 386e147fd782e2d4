import type { Article } from '../core/article.ts';

/** What makes an article the only one of its kind in a base: `es/internet-lento`. */
export function articleKey(article: Pick<Article, 'id' | 'language'>): string {
  return `${article.language}/${article.id}`;
}
