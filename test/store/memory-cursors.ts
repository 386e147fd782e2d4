import type { Cursors } from '../../src/store/cursors.ts';

/** Cursors in memory. */
export function createMemoryCursors(): Cursors {
  const values = new Map<string, string>();
  return {
    get: async (name) => values.get(name) ?? null,
    async set(name, value) {
      values.set(name, value);
    },
    async replace(name, from, to) {
      if ((values.get(name) ?? null) !== from) return false;
      values.set(name, to);
      return true;
    },
  };
}
