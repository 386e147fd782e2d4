import type { Cursors } from '../store/cursors.ts';

/** Cursors that live as long as their object; others come between any two steps. */
export function createMemoryCursors(): Cursors {
  const values = new Map<string, string>();
  return {
    get: async (name) => values.get(name) ?? null,
    set: async (name, value) => void values.set(name, value),
    async replace(name, from, to) {
      await Promise.resolve();
      if ((values.get(name) ?? null) !== from) return false;
      values.set(name, to);
      return true;
    },
  };
}
