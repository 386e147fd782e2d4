import { isDeepStrictEqual } from 'node:util';
import type { Article, BaseContent, GoldenQuestion, SynonymGroup } from '../../core/article.ts';
import { articleKey } from '../article-key.ts';
import { goldenKey } from '../golden-file.ts';

/** What became of one thing that a base holds. */
export type Change = 'added' | 'changed' | 'removed';

/** What one base holds otherwise than another. */
export interface BaseChanges {
  readonly articles: readonly (Pick<Article, 'id' | 'language' | 'title'> & { readonly change: Change })[];
  readonly golden: readonly (GoldenQuestion & {
    readonly change: Change;
    /** The article that was expected before; absent: there was no such question. */
    readonly was?: string | null;
  })[];
  /** A group whose words changed is removed and added. */
  readonly synonyms: readonly (SynonymGroup & { readonly change: Change })[];
  /** Null where the allowed share of wrong answers is the same. */
  readonly wrongRate: { readonly before: number | null; readonly after: number } | null;
}

/** What `after` holds otherwise than `before` (null: nothing was there). Pure. */
export function changesBetween(before: BaseContent | null, after: BaseContent): BaseChanges {
  const was = before ?? { articles: [], golden: [], synonyms: [] };
  const rate = before?.wrongRate ?? null;
  return {
    articles: compared(was.articles, after.articles, articleKey).map(({ one, change }) => {
      return { id: one.id, language: one.language, title: one.title, change };
    }),
    golden: compared(was.golden, after.golden, goldenKey).map(({ one, earlier, change }) => {
      return { ...one, change, ...(earlier === undefined ? {} : { was: earlier.article }) };
    }),
    synonyms: compared(was.synonyms, after.synonyms, synonymKey).map(({ one, change }) => ({
      ...one,
      change,
    })),
    wrongRate: rate === after.wrongRate ? null : { before: rate, after: after.wrongRate },
  };
}

function compared<One>(before: readonly One[], after: readonly One[], keyOf: (one: One) => string) {
  const known = new Map(before.map((one) => [keyOf(one), one]));
  const left = new Map(known);
  const changes: { one: One; earlier?: One; change: Change }[] = [];
  for (const one of after) {
    const earlier = known.get(keyOf(one));
    left.delete(keyOf(one));
    if (earlier === undefined) changes.push({ one, change: 'added' });
    else if (!isDeepStrictEqual(earlier, one)) changes.push({ one, earlier, change: 'changed' });
  }
  for (const one of left.values()) changes.push({ one, earlier: one, change: 'removed' });
  return changes;
}

function synonymKey({ language, words }: SynonymGroup): string {
  return `${language} ${[...words].sort().join('\n')}`;
}
