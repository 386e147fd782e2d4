import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BaseContent, emptyContent } from '../core/article.ts';
import { engineArticle, engineOptions } from './engine-article.ts';
import { trainInThread } from './engine-thread.ts';
import { readArticles } from './import-files.ts';

/** The engine of the sample base, which the build trains: a new installation answers as soon as it runs. */
export const sampleEngine = fileURLToPath(new URL('../../dist/sample-engine', import.meta.url));

/** SHA-256 */
const keyBytes = 32;

/** Trains the engine of the samples and keeps it as a file. @throws RelevoError `kb_import_faults`, `kb_engine_failed` */
export async function trainSampleEngine(folder: string, file: string = sampleEngine): Promise<void> {
  const { articles } = await readArticles(folder);
  const content = { ...emptyContent, articles };
  const engine = await trainInThread(articles.map(engineArticle), engineOptions(content));
  await writeFile(file, Buffer.concat([keyOf(content), engine]));
}

/** The engine that was trained on this very content; null where there is none. */
export async function sampleEngineOf(
  content: BaseContent,
  file: string = sampleEngine,
): Promise<Uint8Array | null> {
  const kept = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (kept === null || !kept.subarray(0, keyBytes).equals(keyOf(content))) return null;
  return Uint8Array.from(kept.subarray(keyBytes));
}

/** Of all that the training is told. */
function keyOf(content: BaseContent): Buffer {
  const told = [content.articles.map(engineArticle), engineOptions(content)];
  return createHash('sha256').update(JSON.stringify(told)).digest();
}
