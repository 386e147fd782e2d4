import type { Shelf } from './send-queue.ts';

/** `localStorage`; where the browser forbids or has filled it, memory, for as long as the page is open. */
export function browserShelf(): Shelf {
  const memory = new Map<string, string>();
  const attempt = <T>(action: () => T, otherwise: T): T => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };
  return {
    getItem: (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key), null),
    setItem(key, value) {
      const written = attempt(() => {
        localStorage.setItem(key, value);
        return true;
      }, false);
      if (!written) memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      attempt(() => localStorage.removeItem(key), undefined);
    },
    keys: () => [
      ...memory.keys(),
      ...attempt(() => Array.from({ length: localStorage.length }, (_, n) => localStorage.key(n) ?? ''), []),
    ],
  };
}
