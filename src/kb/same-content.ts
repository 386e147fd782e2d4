import { isDeepStrictEqual } from 'node:util';
import { type Article, type BaseContent, contentOf } from '../core/article.ts';
import { articleKey } from './article-key.ts';
import { engineOptions } from './engine-article.ts';

/** Whether two bases hold the same articles, in any order. */
export function sameArticles(one: readonly Article[], other: readonly Article[]): boolean {
  const byKey = (articles: readonly Article[]) =>
    new Map(articles.map((article) => [articleKey(article), article]));
  return one.length === other.length && isDeepStrictEqual(byKey(one), byKey(other));
}

/** Whether two bases answer, speak and are tested in the same way. */
export function sameContent(one: BaseContent, other: BaseContent): boolean {
  const { articles, ...rest } = contentOf(one);
  const { articles: others, ...otherRest } = contentOf(other);
  return sameArticles(articles, others) && isDeepStrictEqual(rest, otherRest);
}

/** Whether two bases give the same engine. */
export function trainedAlike(one: BaseContent, other: BaseContent): boolean {
  return (
    sameArticles(one.articles, other.articles) && isDeepStrictEqual(engineOptions(one), engineOptions(other))
  );
}
