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
import { type PackedShelves, packShelves, unpackShelves } from './packed-shelves.ts';
import { shelfOf, shelvesIn } from './shelves.ts';

/** What the engine of a published version needs of the store, where it is kept once it is trained. */
export type TrainedBases = Pick<KnowledgeBases, 'trained' | 'saveTrained'>;

/** Trains an engine and gives its bytes. */
export type Train = typeof trainInThread;

/**
 * The engines of a published version, one for each company that articles are for and one for all others: each is trained
 * on what its customers may be told and nothing else, so that no answer leans on another company's article, and how sure
 * it is was learned on what it has. As they were stored, or trained now and stored, so that a restart and every other
 * process only load them. One that was trained without the embedder's vectors is trained anew with them; one that has more
 * than is wanted is used without.
 * @param signal ends a training
 * @param embedder null: words alone
 * @param train in a thread of its own when left out
 * @returns by company; null: of none
 * @throws RelevoError `kb_engine_failed` when a training ends without an engine
 */
export async function enginesOf(
  base: PublishedBase,
  bases: TrainedBases,
  log: Logger,
  signal: AbortSignal,
  embedder: Embedder | null = null,
  train: Train = trainInThread,
): Promise<ReadonlyMap<string | null, Engine>> {
  const kept = readableShelves(await bases.trained(base.version), base, log);
  const engines = new Map<string | null, Engine>();
  const bytes = new Map<string | null, Uint8Array>();
  let trained = false;
  for (const name of shelvesIn(base)) {
    const stored = kept.get(name) ?? null;
    const fresh = await shelfEngine(shelfOf(base, name), stored, log, signal, embedder, train);
    trained ||= fresh.bytes !== stored;
    engines.set(name, fresh.engine);
    bytes.set(name, fresh.bytes);
  }
  if (trained) await keepTrained(base.version, packShelves(bytes), bases, log);
  return engines;
}

/** Keeps what was trained. What cannot be kept answers all the same: it is made again by whoever needs it next. */
export async function keepTrained(
  version: number,
  engine: Uint8Array,
  bases: Pick<TrainedBases, 'saveTrained'>,
  log: Logger,
): Promise<void> {
  try {
    await bases.saveTrained(version, engine);
  } catch (error) {
    if (!(error instanceof RelevoError)) throw error;
    log.warn({ version, bytes: engine.length, err: error }, 'the trained engine could not be kept');
  }
}

async function shelfEngine(
  base: PublishedBase,
  stored: Uint8Array | null,
  log: Logger,
  signal: AbortSignal,
  embedder: Embedder | null,
  train: Train,
): Promise<{ engine: Engine; bytes: Uint8Array }> {
  const loaded = stored === null ? null : readable(stored, base, log);
  const has = loaded?.state.embedding?.name;
  if (stored !== null && loaded !== null && (embedder === null || has === embedder.name))
    return { engine: loaded, bytes: stored };
  const articles = base.articles.map(engineArticle);
  const meanings = embedder === null ? null : await embedBase(embedder, articles, log, signal);
  if (stored !== null && loaded !== null && meanings === null) return { engine: loaded, bytes: stored };
  const options = { ...engineOptions(base), ...(meanings === null ? {} : { meanings }) };
  const bytes = await train(articles, options, signal);
  return { engine: loadEngine(bytes), bytes };
}

/** None where what is stored is damaged: then all are trained anew. */
function readableShelves(stored: Uint8Array | null, { version }: PublishedBase, log: Logger): PackedShelves {
  try {
    return stored === null ? new Map() : unpackShelves(stored);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    log.info({ version }, 'the stored engines cannot be read: training anew');
    return new Map();
  }
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
