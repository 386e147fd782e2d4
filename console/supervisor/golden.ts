import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { request } from '../live/request.ts';
import type { Golden } from './decided.ts';

/** What undoes a change: sets what was there before, or removes what was not. */
export type Undo = () => Promise<unknown>;

/** The draft's golden questions, and how they are changed. */
export interface GoldenWork {
  /** Undefined while they are read. */
  readonly golden: readonly Golden[] | undefined;
  readonly fault: Error | null;
  readonly retry: () => unknown;
  /** What is expected of a question now; undefined: nothing. */
  find(of: Pick<Golden, 'question' | 'language' | 'brand'>): Golden | undefined;
  /** @throws ApiError as `request` does */
  set(golden: Golden, reason: string): Promise<Undo>;
  /** @throws ApiError as `request` does */
  remove(golden: Golden, reason: string): Promise<Undo>;
}

const queryKey = ['golden'];

/** Reads the golden questions and changes them. */
export function useGolden(): GoldenWork {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => request<{ golden: readonly Golden[] }>('GET', '/api/console/golden'),
  });
  const golden = data?.golden;

  const put = useCallback(
    async (one: Golden, reason: string) => {
      await request('PUT', '/api/console/golden', { ...one, reason });
      await Promise.all([
        queries.invalidateQueries({ queryKey }),
        queries.invalidateQueries({ queryKey: ['changes'] }),
      ]);
    },
    [queries],
  );
  const drop = useCallback(
    async ({ article: _, ...named }: Golden, reason: string) => {
      await request('POST', '/api/console/golden/remove', { ...named, reason });
      await Promise.all([
        queries.invalidateQueries({ queryKey }),
        queries.invalidateQueries({ queryKey: ['changes'] }),
      ]);
    },
    [queries],
  );

  const find: GoldenWork['find'] = (of) => golden?.find((one) => goldenKey(one) === goldenKey(of));
  return {
    golden,
    fault: error,
    retry: refetch,
    find,
    async set(one, reason) {
      const before = find(one);
      await put(one, reason);
      return () => (before === undefined ? drop(one, '') : put(before, ''));
    },
    async remove(one, reason) {
      await drop(one, reason);
      return () => put(one, '');
    },
  };
}

/** What makes a golden question the only one of its kind. */
export function goldenKey({
  question,
  language,
  brand,
}: Pick<Golden, 'question' | 'language' | 'brand'>): string {
  return `${language} ${question.toLowerCase()}\n${brand ?? ''}`;
}
