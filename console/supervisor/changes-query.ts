import { queryOptions } from '@tanstack/react-query';
import { request } from '../live/request.ts';
import type { DraftChanges } from './publish/publish.ts';

/**
 * What publishing the draft would change. Whoever only wants to know it where somebody else reads it says `enabled: false`:
 * with another function, or none, nobody would read it anew.
 */
export const changesQuery = queryOptions({
  queryKey: ['changes'],
  queryFn: () => request<DraftChanges>('GET', '/api/console/changes'),
});
