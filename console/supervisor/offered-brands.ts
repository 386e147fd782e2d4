import { useQuery } from '@tanstack/react-query';
import { request } from '../live/request.ts';
import type { Settings } from './settings/settings.ts';

/** A company of relevo.yaml. */
export interface OfferedBrand {
  readonly name: string;
  readonly title?: string;
}

/**
 * The brands of relevo.yaml; for whoever works for some of them, those.
 * @param own null: all; undefined: nobody knows yet, and none is offered
 */
export function useOfferedBrands(own: readonly string[] | null | undefined): readonly OfferedBrand[] {
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: () => request<Settings>('GET', '/api/console/settings'),
    enabled: own === null,
  });
  return own?.map((name) => ({ name })) ?? settings.data?.said.brands ?? [];
}
