import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../live/request.ts';
import { requestTrained } from '../training.ts';
import type { Article, ArticleLine, Draft, Entry, Finding } from './article.ts';

/** The draft's articles that a search finds. @param search what follows the question mark */
export function useArticles(search: string) {
  return useQuery({
    queryKey: ['articles', 'list', search],
    queryFn: () =>
      request<{ articles: readonly ArticleLine[]; of: number }>('GET', `/api/console/articles?${search}`),
    placeholderData: keepPreviousData,
  });
}

/** Reads an article anew. @throws ApiError as `request` does */
export function readArticle(key: string): Promise<Draft> {
  return request<Draft>('GET', `/api/console/articles/${key}`);
}

/** One article. @param key `es/internet-lento` */
export function useArticle(key: string) {
  return useQuery({
    queryKey: ['articles', 'one', key],
    queryFn: () => readArticle(key),
    retry: false,
    staleTime: 0,
    // What somebody works on is not changed under their hands: a save says when it was.
    refetchOnWindowFocus: false,
  });
}

/** What makes the draft answer badly. */
export function useFindings() {
  const { data } = useQuery({
    queryKey: ['articles', 'lint'],
    queryFn: () => requestTrained<{ findings: readonly Finding[] }>('GET', '/api/console/lint'),
    staleTime: 60_000,
  });
  return data?.findings ?? [];
}

/** Who did what to an article, newest first. */
export function useHistory(key: string) {
  return useQuery({
    queryKey: ['articles', 'history', key],
    queryFn: () => request<{ entries: readonly Entry[] }>('GET', `/api/console/articles/${key}/history`),
  });
}

/** What is done to articles. Each @throws ApiError as `request` does */
export interface ArticleWork {
  /** @param etag of the article as it was opened; null: it is a new one */
  save(article: Article, etag: string | null, reason: string): Promise<Draft>;
  remove(key: string, etag: string, reason: string): Promise<void>;
  restore(key: string, entry: number, etag: string | null, reason: string): Promise<Draft>;
  /** Has everything read anew that articles are shown in. */
  changed(): Promise<void>;
}

/** Changes articles of the draft and has the lists read anew. */
export function useArticleWork(): ArticleWork {
  const queries = useQueryClient();
  async function changed() {
    for (const queryKey of [
      ['articles', 'list'],
      ['articles', 'titles'],
      ['articles', 'lint'],
      ['articles', 'history'],
      ['changes'],
    ])
      void queries.invalidateQueries({ queryKey });
  }
  return {
    changed,
    async save(article, etag, reason) {
      const key = `${article.language}/${article.id}`;
      const saved = await request<Draft>('PUT', `/api/console/articles/${key}`, { article, etag, reason });
      queries.setQueryData(['articles', 'one', key], saved);
      await changed();
      return saved;
    },
    async remove(key, etag, reason) {
      await request('POST', `/api/console/articles/${key}/remove`, { etag, reason });
      queries.removeQueries({ queryKey: ['articles', 'one', key] });
      await changed();
    },
    async restore(key, entry, etag, reason) {
      const saved = await request<Draft>('POST', `/api/console/articles/${key}/restore`, {
        entry,
        etag,
        reason,
      });
      queries.setQueryData(['articles', 'one', key], saved);
      await changed();
      return saved;
    },
  };
}
