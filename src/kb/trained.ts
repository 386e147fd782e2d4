import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { PublishedBase } from '../core/article.ts';
import { RelevoError } from '../core/errors.ts';
import type { KnowledgeBases } from './bases.ts';
import { type Embedder, embedBase } from './embedder.ts';
import { loadEngine, type TrainedEngine } from './engine/engine.ts';
import type { Engine } from './engine/types.ts';
import { engineArticle, engineOptions } from './engine-article.ts';
import { trainInThread } from './engine-thread.ts';

/** What the engine of a published version needs of the store, where it is kept once it is trained. */
export type TrainedBases = Pick<KnowledgeBases, 'trained' | 'saveTrained'>;

/**
 * The engine of a published version: as it was stored, or trained now and stored, so that a restart and every other
 * process only load it. One that was trained without the embedder's vectors is trained anew with them; one that has more
 * than is wanted is used without.
 * @param signal ends a training
 * @param embedder null: words alone
 * @throws RelevoError `kb_engine_failed` when the training ends without an engine
 */
export async function engineOf(
  base: PublishedBase,
  bases: TrainedBases,
  log: Logger,
  signal: AbortSignal,
  embedder: Embedder | null = null,
): Promise<Engine> {
  const stored = await bases.trained(base.version);
  const loaded = stored === null ? null : readable(stored, base, log);
  const has = loaded?.state.embedding?.name;
  if (loaded !== null && (embedder === null || has === embedder.name)) return loaded;
  const articles = base.articles.map(engineArticle);
  const meanings = embedder === null ? null : await embedBase(embedder, articles, log, signal);
  if (loaded !== null && meanings === null) return loaded;
  const options = { ...engineOptions(base), ...(meanings === null ? {} : { meanings }) };
  const bytes = await trainInThread(articles, options, signal);
  await bases.saveTrained(base.version, bytes);
  return loadEngine(bytes);
}

/** Null when another release wrote it, it is damaged, or was trained with other settings: then it is trained anew. */
function readable(bytes: Uint8Array, base: PublishedBase, log: Logger): TrainedEngine | null {
  const { version } = base;
  try {
    const engine = loadEngine(bytes);
    const { wrongRate, synonyms } = engine.state;
    if (isDeepStrictEqual({ wrongRate, synonyms }, engineOptions(base))) return engine;
    log.info({ version }, 'the stored engine was trained with other synonyms or settings: training anew');
    return null;
  } catch (error) {
    if (!(error instanceof RelevoError)) throw error;
    log.info({ version, code: error.code }, 'the stored engine is of another release: training anew');
    return null;
  }
}
