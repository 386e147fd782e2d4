import { LRUCache } from 'lru-cache';

/** What is kept under a key, or else what is made for it. A failure is not kept: the next who asks tries again. */
export function remembered<Key extends NonNullable<unknown>, Held>(
  kept: LRUCache<Key, Promise<Held>>,
  key: Key,
  make: () => Promise<Held>,
): Promise<Held> {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  made.catch(() => {
    if (kept.peek(key) === made) kept.delete(key);
  });
  return made;
}

/** Remembers what was loaded last, by what it was loaded for. */
export function remember<Key extends NonNullable<unknown>, Held>(
  load: (key: Key) => Promise<Held>,
): (key: Key) => Promise<Held> {
  const kept = new LRUCache<Key, Promise<Held>>({ max: 1 });
  return (key) => remembered(kept, key, () => load(key));
}
