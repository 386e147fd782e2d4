import type { Article, BaseContent, GoldenQuestion } from '../core/article.ts';

/** What a company's customers may be told: what everybody may, and what is said to be for it. @param name null: no company's */
export function onShelf(name: string | null, { brands = [] }: Pick<Article, 'brands'>): boolean {
  return brands.length === 0 || (name !== null && brands.includes(name));
}

/** A base as one company's customers know it: nothing of another one's is in it. Pure. */
export function shelfOf<Base extends BaseContent>(base: Base, name: string | null): Base {
  const articles = base.articles.filter((article) => onShelf(name, article));
  return articles.length === base.articles.length ? base : { ...base, articles };
}

/** The companies that articles are said to be for, in the order of the alphabet; null, which comes first, is none of them. */
export function shelvesIn({ articles }: Pick<BaseContent, 'articles'>): (string | null)[] {
  return [null, ...[...new Set(articles.flatMap(({ brands = [] }) => brands))].sort()];
}

/**
 * Whose customers a golden question is asked for: those it says, or else the first that may be told its article; what
 * nobody is to answer is asked for no company in particular.
 */
export function shelfOfGolden(
  { brand, article }: GoldenQuestion,
  base: Pick<BaseContent, 'articles'>,
): string | null {
  if (brand !== undefined) return brand;
  const versions = base.articles.filter(({ id }) => id === article);
  return shelvesIn(base).find((name) => versions.some((one) => onShelf(name, one))) ?? null;
}
