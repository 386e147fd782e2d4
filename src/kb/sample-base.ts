import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../core/clock.ts';
import type { KnowledgeBases } from './bases.ts';
import { readArticles } from './import-files.ts';
import { sameArticles } from './publish.ts';

/** The folder of the sample base: beside `src` or `dist`, wherever the program is started from. */
export const sampleFolder = fileURLToPath(new URL('../../samples/kb', import.meta.url));

/**
 * Gives a new installation the sample base as version 1, once: not when anything was ever saved or published.
 * A start that was interrupted between saving and publishing is finished by the next one.
 * @param folder where the samples are; nothing happens when it is missing
 * @returns the version published, or null
 * @throws RelevoError `kb_import_faults` when the samples were changed and have faults
 */
export async function ensureSampleBase(
  deps: { readonly bases: KnowledgeBases; readonly log: Logger; readonly clock?: Clock },
  folder: string = sampleFolder,
): Promise<number | null> {
  const { bases, log, clock = systemClock } = deps;
  if (!existsSync(folder) || (await bases.current()) !== null) return null;
  const draft = await bases.draft();
  if (draft.revision > 1) return null;
  const { articles } = await readArticles(folder);
  const mine =
    draft.revision === 0 ? await bases.saveDraft(articles, 0) : sameArticles(draft.articles, articles);
  if (!mine) return null;
  const version = await bases.publish({
    publishedAt: clock.now(),
    publishedBy: 'relevo',
    comment: 'sample base',
    articles,
  });
  log.info({ version, articles: articles.length }, 'the sample base was published');
  return version;
}
