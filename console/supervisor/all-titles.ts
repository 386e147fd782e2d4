import { useQuery } from '@tanstack/react-query';
import { request } from '../live/request.ts';
import type { Language } from '../parts/preferences.ts';
import { readTitles } from './read-titles.ts';

/** An article by its title. */
export interface Titled {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
}

/** The titles of all the draft's articles; none while they are read. */
export function useAllTitles(): readonly Titled[] {
  const { data = none } = useQuery({
    queryKey: ['articles', 'titles'],
    queryFn: () => readTitles<Language>(request),
    staleTime: 60_000,
  });
  return data;
}

const none: readonly Titled[] = [];
