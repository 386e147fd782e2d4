import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Session } from '../desk/case.ts';
import { request } from '../live/request.ts';

/** Asks who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => request<Session>('GET', '/api/session'),
  staleTime: 60_000,
});

/** Who is signed in. */
export function useSession() {
  return useQuery(sessionQuery);
}
