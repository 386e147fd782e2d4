import type { KnowledgeBases } from '../bases.ts';
import { remember } from './remember.ts';

/**
 * The bases with what they hold kept in memory: who asks for the draft or for what is current waits for all of it only
 * when it is another one than before.
 */
export function keepBases<Bases extends KnowledgeBases>(bases: Bases): Bases {
  const draft = remember((_revision: number) => bases.draft());
  const current = remember((_version: number) => bases.current());
  return {
    ...bases,
    draft: async () => draft((await bases.heads()).revision),
    async current() {
      const { version } = await bases.heads();
      return version === null ? null : current(version);
    },
  };
}
