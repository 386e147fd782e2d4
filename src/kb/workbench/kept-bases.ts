import type { KnowledgeBases } from '../bases.ts';

/**
 * The bases with what they hold kept in memory: who asks for the draft or for what is current waits for all of it only
 * when it is another one than before.
 */
export function keepBases<Bases extends KnowledgeBases>(bases: Bases): Bases {
  const draft = remember(bases.draft);
  const current = remember(bases.current);
  return {
    ...bases,
    draft: async () => draft((await bases.heads()).revision),
    async current() {
      const { version } = await bases.heads();
      return version === null ? null : current(version);
    },
  };
}

/** What was loaded last. A failure is not kept: the next who asks tries again. */
function remember<Held>(load: () => Promise<Held>): (key: number) => Promise<Held> {
  let kept: { readonly key: number; readonly held: Promise<Held> } | null = null;
  return (key) => {
    if (kept?.key === key) return kept.held;
    const made = { key, held: load() };
    kept = made;
    made.held.catch(() => {
      if (kept === made) kept = null;
    });
    return made.held;
  };
}
