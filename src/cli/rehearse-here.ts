import { pino } from 'pino';
import type { BaseContent } from '../core/article.ts';
import { loadEngine } from '../kb/engine/engine.ts';
import { engineArticle, engineOptions } from '../kb/engine-article.ts';
import { trainInThread } from '../kb/engine-thread.ts';
import type { Played } from '../kb/rehearsal/play.ts';
import { type RehearsalDeps, rehearse } from '../kb/rehearsal/rehearsal-work.ts';
import { shelfOf } from '../kb/shelves.ts';

/** What playing rehearsals in a terminal takes. The dialogs take a second or two to load: only when they are needed. */
export const stageHere: Pick<RehearsalDeps, 'engineOf' | 'openStage' | 'knowledgeOf'> = {
  async engineOf(content) {
    const made = new Map<string | null, ReturnType<typeof loadEngine>>();
    for (const name of new Set([null, ...content.rehearsals.map(({ brand = null }) => brand)])) {
      const { articles } = shelfOf(content, name);
      made.set(name, loadEngine(await trainInThread(articles.map(engineArticle), engineOptions(content))));
    }
    return {
      of(name) {
        const found = made.get(name) ?? made.get(null);
        if (found === undefined) throw new Error('a base without the engine that everybody has');
        return found;
      },
    };
  },
  async openStage(...asked) {
    const { createStages } = await import('../app-rehearsal.ts');
    return createStages(pino({ level: 'silent' }))(...asked);
  },
  knowledgeOf: (brand) => brand,
};

/** Plays a draft's rehearsals to it. */
export function rehearseHere(draft: BaseContent): Promise<Played[]> {
  return rehearse(draft, draft.rehearsals, stageHere);
}
