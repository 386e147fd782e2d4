import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { Language } from '../parts/preferences.ts';
import { useAllTitles } from './all-titles.ts';
import { changesQuery } from './changes-query.ts';

/** What an engine does with a question, and the article it thinks of. */
export interface Dealt {
  readonly decision: 'answer' | 'clarify' | 'handoff';
  readonly article: string | null;
  /** That the article is the right one, 0 to 1. */
  readonly confidence: number;
}

/** A question that must go on being answered as it should; `article` null: by a person. */
export interface Golden {
  readonly question: string;
  readonly language: Language;
  readonly article: string | null;
  readonly brand?: string;
}

/** Puts a share (0 to 1) into words, such as `5 %`; small ones keep a decimal. */
export function useShare(): (share: number) => string {
  const { formatNumber } = useIntl();
  return (share) =>
    formatNumber(share, {
      style: 'percent',
      maximumFractionDigits: share > 0 && share < 0.1 && Math.round(share * 1000) % 10 !== 0 ? 1 : 0,
    });
}

/**
 * The titles of the draft's articles, and of those that it removes where its changes were read; an article without one is
 * called by its id.
 */
export function useTitles(): (id: string, language: Language) => string {
  const drafted = useAllTitles();
  const { data } = useQuery({ ...changesQuery, enabled: false });
  const changed = data?.changes.articles;
  const titles = useMemo(() => {
    const known = new Map<string, string>();
    // The first of each name is the draft's own.
    for (const { id, language, title } of [...drafted, ...(changed ?? [])])
      for (const name of [`${language}/${id}`, id]) if (!known.has(name)) known.set(name, title);
    return known;
  }, [drafted, changed]);
  return (id, language) => titles.get(`${language}/${id}`) ?? titles.get(id) ?? id;
}

/** Where an article is edited. */
export function articleAddress(id: string, language: Language): string {
  return `/console/articles/${language}/${encodeURIComponent(id)}`;
}
