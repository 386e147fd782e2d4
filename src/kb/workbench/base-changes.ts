import { isDeepStrictEqual } from 'node:util';
import type { Article, BaseContent, GoldenQuestion, SynonymGroup } from '../../core/article.ts';
import { type Language, languages } from '../../core/language.ts';
import type { OwnPhrases } from '../../core/phrase.ts';
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
  readonly phrases: readonly {
    readonly language: Language;
    readonly key: string;
    /** Null: as usual. */
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly rehearsals: readonly { readonly name: string; readonly change: Change }[];
  /** Whether rehearsals must pass; null where that is the same. */
  readonly mustRehearse: { readonly before: boolean; readonly after: boolean } | null;
  /** Null where the allowed share of wrong answers is the same. */
  readonly wrongRate: { readonly before: number | null; readonly after: number } | null;
}

/** What `after` holds otherwise than `before` (null: nothing was there). Pure. */
export function changesBetween(before: BaseContent | null, after: BaseContent): BaseChanges {
  const was = before ?? {
    articles: [],
    golden: [],
    synonyms: [],
    phrases: {},
    rehearsals: [],
    mustRehearse: false,
  };
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
    phrases: phraseChanges(was.phrases, after.phrases),
    rehearsals: compared(was.rehearsals, after.rehearsals, ({ name }) => name).map(({ one, change }) => ({
      name: one.name,
      change,
    })),
    mustRehearse:
      was.mustRehearse === after.mustRehearse
        ? null
        : { before: was.mustRehearse, after: after.mustRehearse },
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

function phraseChanges(before: OwnPhrases, after: OwnPhrases): BaseChanges['phrases'] {
  return languages.flatMap((language) => {
    const [was, is] = [before[language] ?? {}, after[language] ?? {}];
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
    return keys.flatMap((key) => {
      const change = { language, key, before: was[key] ?? null, after: is[key] ?? null };
      return change.before === change.after ? [] : [change];
    });
  });
}

function synonymKey({ language, words }: SynonymGroup): string {
  return `${language} ${[...words].sort().join('\n')}`;
}
