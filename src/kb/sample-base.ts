import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { emptyContent } from '../core/article.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import type { KnowledgeBases } from './bases.ts';
import { parseGolden } from './golden-file.ts';
import { readArticles } from './import-files.ts';
import { sameArticles } from './same-content.ts';
import { sampleEngineOf } from './sample-engine.ts';
import { keepTrained } from './trained.ts';

/** The folder of the sample base: beside `src` or `dist`, wherever the program is started from. */
export const sampleFolder = fileURLToPath(new URL('../../samples/kb', import.meta.url));

/** What customers ask that is not among the samples' examples, and the article that should answer. */
export const sampleQuestions = fileURLToPath(new URL('../../samples/questions.jsonl', import.meta.url));

/**
 * Gives a new installation the sample base as version 1, once: not when anything was ever saved or published.
 * A start that was interrupted between saving and publishing is finished by the next one.
 * @param folder where the samples are; nothing happens when it is missing
 * @param questions the file of its golden questions; without it there are none
 * @returns the version published, or null
 * @throws RelevoError `kb_import_faults` or `kb_golden_faults` when the samples were changed and have faults
 */
export async function ensureSampleBase(
  deps: { readonly bases: KnowledgeBases; readonly log: Logger; readonly clock?: Clock },
  folder: string = sampleFolder,
  questions: string = sampleQuestions,
): Promise<number | null> {
  const { bases, log, clock = systemClock } = deps;
  if (!existsSync(folder) || (await bases.current()) !== null) return null;
  const draft = await bases.draft();
  if (draft.revision > 1) return null;
  const { articles } = await readArticles(folder);
  const golden = existsSync(questions) ? parseGolden(await readFile(questions, 'utf8'), questions) : [];
  const content = { ...emptyContent, articles, golden };
  const mine =
    draft.revision === 0 ? await bases.saveDraft(content, 0) : sameArticles(draft.articles, articles);
  if (!mine) return null;
  const version = await bases.publish({
    publishedAt: clock.now(),
    publishedBy: 'relevo',
    comment: 'sample base',
    ...content,
  });
  const engine = await sampleEngineOf(content);
  if (engine !== null) await keepTrained(version, engine, bases, log);
  log.info({ version, articles: articles.length, trained: engine !== null }, 'the sample base was published');
  return version;
}
