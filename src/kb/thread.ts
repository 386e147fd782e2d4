import { once } from 'node:events';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { RelevoError } from '../core/errors.ts';

/**
 * Does heavy work in a thread of its own, so that it holds up nobody.
 * @param name of the file here without its ending, which reads `workerData` and posts one message
 * @param start what it reads
 * @param failure what is wrong when the thread ends without one
 * @param signal ends the work
 * @returns the message
 * @throws RelevoError `kb_engine_failed` when the thread ends without one
 */
export async function inThread<End>(
  name: string,
  start: object,
  failure: string,
  signal?: AbortSignal,
): Promise<End> {
  const ended = new AbortController();
  const stop = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  const worker = startWorker(name, { workerData: start });
  worker.once('exit', () => ended.abort());
  try {
    // An error of the thread rejects this too.
    const [end] = (await once(worker, 'message', { signal: stop })) as [End];
    return end;
  } catch (cause) {
    throw new RelevoError('kb_engine_failed', failure, { cause });
  } finally {
    await worker.terminate();
  }
}

/** Run from the sources, the thread first needs the loader that the tests and `npm run dev` bring. */
function startWorker(name: string, options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, import.meta.url), options);
  const loader = import.meta.resolve('tsx/esm/api');
  const file = new URL(`./${name}.ts`, import.meta.url).href;
  const code = `import('${loader}').then(({ register }) => { register(); return import('${file}'); });`;
  return new Worker(code, { ...options, eval: true });
}
