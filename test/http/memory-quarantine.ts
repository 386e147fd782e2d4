import type { Quarantine, Quarantined } from '../../src/store/quarantine.ts';

/** A quarantine in memory. @param items what is in it at first */
export function createMemoryQuarantine(items: readonly Quarantined[] = []): Quarantine {
  const all = new Map(items.map((item) => [item.key, item]));
  return {
    async add(item) {
      if (!all.has(item.key)) all.set(item.key, item);
    },
    list: async (limit) =>
      [...all.values()]
        .sort((a, b) => b.at - a.at)
        .slice(0, limit)
        .map(({ raw, ...rest }) => ({ ...rest, characters: raw.length })),
    get: async (key) => all.get(key) ?? null,
    drop: async (key) => all.delete(key),
    count: async () => all.size,
  };
}
