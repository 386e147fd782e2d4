import { useMutation, useQuery } from '@tanstack/react-query';
import type { ApiError } from '../live/api-error.ts';
import { useDesk } from './desk-context.tsx';

/** Whether somebody takes cases now. */
export type Availability = 'available' | 'away';

interface Told {
  readonly availability: Availability;
}

const queryKey = ['availability'];
const path = '/api/desk/availability';

/** Whether the signed-in agent takes cases: the same here, in Slack and in every window. */
export function useAvailability(): Availability | undefined {
  const { request } = useDesk();
  const found = useQuery({
    queryKey,
    queryFn: () => request<Told>('GET', path),
    refetchInterval: 60_000,
  });
  return found.data?.availability;
}

/** Changes it: shown at once, and taken back when the server would not have it. */
export function useSetAvailability() {
  const { request, queries } = useDesk();
  return useMutation<unknown, ApiError, Availability, { readonly before: Told | undefined }>({
    mutationFn: (availability) => request('PUT', path, { availability }),
    onMutate: async (availability) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData<Told>(queryKey);
      queries.setQueryData<Told>(queryKey, { availability });
      return { before };
    },
    onError: (_fault, _wanted, kept) => queries.setQueryData(queryKey, kept?.before),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
