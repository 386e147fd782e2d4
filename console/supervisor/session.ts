import { useQuery } from '@tanstack/react-query';
import type { Session } from '../desk/case.ts';
import { request } from '../live/request.ts';

/** Who is signed in. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: () => request<Session>('GET', '/api/session'),
    staleTime: 60_000,
  });
}
