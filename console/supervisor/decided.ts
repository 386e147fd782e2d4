import { skipToken, useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { request } from '../live/request.ts';
import type { Language } from '../parts/preferences.ts';

/** What an engine does with a question, and the article it thinks of. */
export interface Dealt {
  readonly decision: 'answer' | 'clarify' | 'handoff';
  readonly article: string | null;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A question that must go on being answered as it should; `article` null: by a person. */
export interface Golden {
  readonly question: string;
  readonly language: Language;
  readonly article: string | null;
  readonly brand?: string;
}

interface Listed {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
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
  const { data } = useQuery({
    queryKey: ['articles', 'titles'],
    queryFn: () => request<{ articles: readonly Listed[] }>('GET', '/api/console/articles?limit=500'),
    staleTime: 60_000,
  });
  const { data: draft } = useQuery<{ changes: { articles: readonly Listed[] } }>({
    queryKey: ['changes'],
    queryFn: skipToken,
  });
  const all = [...(data?.articles ?? []), ...(draft?.changes.articles ?? [])];
  return (id, language) =>
    (all.find((one) => one.id === id && one.language === language) ?? all.find((one) => one.id === id))
      ?.title ?? id;
}

/** Where an article is edited. */
export function articleAddress(id: string, language: Language): string {
  return `/console/articles/${language}/${encodeURIComponent(id)}`;
}
