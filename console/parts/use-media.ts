import { useSyncExternalStore } from 'react';

/** Whether a media query holds now, followed. @param query as `(max-width: 47.5rem)` */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
