import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Without the timer the time stands still: the first to look again must not see an old one. */
function read(): number {
  if (timer === undefined && Date.now() - now >= 1000) now = Date.now();
  return now;
}

/** The time, once a second, from one timer for the whole page. @returns epoch milliseconds */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}
