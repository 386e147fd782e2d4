import type { EngineArticle, TrainOptions } from './engine/types.ts';
import type { WorkerEnd, WorkerStart } from './engine-worker.ts';
import { inThread } from './thread.ts';

/**
 * Trains an engine in a thread of its own, so that training holds up nobody.
 * @param signal ends the training
 * @returns the engine as bytes, for `loadEngine`
 * @throws RelevoError `kb_engine_failed` when the training ends without an engine
 */
export async function trainInThread(
  articles: readonly EngineArticle[],
  options: TrainOptions = {},
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return (await trainGatesInThread(articles, options, [], signal)).bytes;
}

/** As `trainInThread`, with the gates that other shares of wrong answers would have given, in the order of `rates`. */
export async function trainGatesInThread(
  articles: readonly EngineArticle[],
  options: TrainOptions,
  rates: readonly number[],
  signal?: AbortSignal,
): Promise<WorkerEnd> {
  const start: WorkerStart = { articles, options, rates };
  return inThread('engine-worker', start, 'the training ended without an engine', signal);
}
