import { useQuery } from '@tanstack/react-query';
import { request } from '../../live/request.ts';
import type { Rehearsals } from './rehearsal.ts';

/** The scripted customers of the draft, and whether they must pass. */
export function useRehearsals() {
  return useQuery({
    queryKey: ['rehearsals'],
    queryFn: () => request<Rehearsals>('GET', '/api/console/rehearsals'),
  });
}
