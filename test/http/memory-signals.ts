import type { Signals } from '../../src/store/signals.ts';

/** Signals within this process, and what was published so far. */
export function createMemorySignals(): Signals & { readonly published: readonly string[] } {
  const listeners = new Set<(topic: string) => void>();
  const published: string[] = [];
  return {
    prompt: true,
    published,
    publish(topic) {
      published.push(topic);
      for (const listener of listeners) listener(topic);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
