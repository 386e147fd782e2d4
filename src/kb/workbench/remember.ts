/** Remembers what was loaded last, by what it was loaded for. A failure is not kept: the next who asks tries again. */
export function remember<Key, Held>(load: (key: Key) => Promise<Held>): (key: Key) => Promise<Held> {
  let kept: { readonly key: Key; readonly held: Promise<Held> } | null = null;
  return (key) => {
    if (kept?.key === key) return kept.held;
    const made = { key, held: load(key) };
    kept = made;
    made.held.catch(() => {
      if (kept === made) kept = null;
    });
    return made.held;
  };
}
