import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../live/request.ts';
import { requestTrained } from '../training.ts';
import type { Asked, Gap, Settled } from './gap.ts';

/** Gaps as they were found last. */
interface FoundGaps {
  readonly gaps: readonly Gap[];
  readonly of: number;
  /** When they were found; null: they are being found for the first time. */
  readonly at: string | null;
  /** They are being found anew. */
  readonly finding: boolean;
}

const againMs = 1_000;

/** The gaps of the last days, the most costly first, asked for again as long as they are being found. */
export function useGaps(days: number, proposed: boolean) {
  return useQuery({
    queryKey: ['gaps', days, proposed],
    queryFn: () =>
      request<FoundGaps>(
        'GET',
        `/api/console/gaps?days=${days}&limit=200${proposed ? '&proposed=true' : ''}`,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.finding ? againMs : false),
    staleTime: 20_000,
  });
}

/** One gap with everything that was asked in it. */
export function useGap(id: string, days: number) {
  return useQuery({
    queryKey: ['gap', id, days],
    queryFn: () =>
      requestTrained<{ gap: Gap; asked: readonly Asked[] }>('GET', `/api/console/gaps/${id}?days=${days}`),
    retry: false,
  });
}

/** What was decided, newest first. */
export function useSettled(wanted: boolean) {
  return useQuery({
    queryKey: ['gaps', 'settled'],
    queryFn: () => request<{ settled: readonly Settled[] }>('GET', '/api/console/gaps/settled'),
    enabled: wanted,
  });
}

/** What is decided about gaps. */
export interface Decisions {
  accept(id: string, decision: object): Promise<void>;
  dismiss(id: string, reason: string): Promise<void>;
  /** Takes back what was decided last about a gap, and what it put into the draft. */
  restore(id: string): Promise<void>;
}

/** Decides about gaps and has the lists read anew. Each @throws ApiError as `request` does */
export function useDecisions(days: number): Decisions {
  const queries = useQueryClient();
  const changed = async () => {
    for (const queryKey of [['gaps'], ['articles'], ['golden'], ['changes']])
      void queries.invalidateQueries({ queryKey });
  };
  return {
    async accept(id, decision) {
      await requestTrained('POST', `/api/console/gaps/${id}/accept?days=${days}`, decision);
      await changed();
    },
    async dismiss(id, reason) {
      await requestTrained('POST', `/api/console/gaps/${id}/dismiss?days=${days}`, { reason });
      await changed();
    },
    async restore(id) {
      await requestTrained('POST', `/api/console/gaps/${id}/restore`, {});
      await changed();
    },
  };
}
