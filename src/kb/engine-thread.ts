import { once } from 'node:events';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { RelevoError } from '../core/errors.ts';
import type { EngineArticle, TrainOptions } from './engine/types.ts';
import type { WorkerEnd, WorkerStart } from './engine-worker.ts';

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
  const ended = new AbortController();
  const stop = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  const worker = startWorker({ workerData: start });
  worker.once('exit', () => ended.abort());
  try {
    // An error of the thread rejects this too.
    const [end] = (await once(worker, 'message', { signal: stop })) as [WorkerEnd];
    return end;
  } catch (cause) {
    throw new RelevoError('kb_engine_failed', 'the training ended without an engine', { cause });
  } finally {
    await worker.terminate();
  }
}

/** Run from the sources, the thread first needs the loader that the tests and `npm run dev` bring. */
function startWorker(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./engine-worker.js', import.meta.url), options);
  const loader = import.meta.resolve('tsx/esm/api');
  const file = new URL('./engine-worker.ts', import.meta.url).href;
  const code = `import('${loader}').then(({ register }) => { register(); return import('${file}'); });`;
  return new Worker(code, { ...options, eval: true });
}
