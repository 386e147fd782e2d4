import type { Shelf } from '../../console/live/send-queue.ts';

/** A shelf in memory, which outlives the page that uses it as `localStorage` does. */
export function memoryShelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}
