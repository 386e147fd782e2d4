import type { Article, BaseContent, GoldenQuestion } from '../core/article.ts';
import type { Decision, Engine } from './engine/types.ts';

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

/** The engines of a base; what it decides itself, it decides for customers of no company. */
export interface BaseEngine extends Engine {
  /** That of one company's customers. */
  of(name: string | null): Engine;
  /** Decides on a golden question as for those who would ask it. */
  decideGolden(golden: GoldenQuestion): Decision;
}

/** Puts the engines of a base together. @param engines by company; that of none (null) is among them */
export function baseEngine(
  base: Pick<BaseContent, 'articles'>,
  engines: ReadonlyMap<string | null, Engine>,
): BaseEngine {
  const shared = engines.get(null);
  if (shared === undefined) throw new Error('a base without an engine for those of no company');
  const of = (name: string | null): Engine => engines.get(name) ?? shared;
  return {
    ...shared,
    of,
    decideGolden(golden) {
      return of(shelfOfGolden(golden, base)).decide(golden.question, golden.language);
    },
  };
}

/** Whether some company's customers may be told both. */
export function meet(one: Pick<Article, 'brands'>, other: Pick<Article, 'brands'>): boolean {
  const [mine, theirs] = [one.brands ?? [], other.brands ?? []];
  return mine.length === 0 || theirs.length === 0 || mine.some((name) => theirs.includes(name));
}
