import { MessageChannel, receiveMessageOnPort, Worker, type WorkerOptions } from 'node:worker_threads';
import { RelevoError } from '../core/errors.ts';
import type { Decision, Engine, EngineArticle, TrainOptions } from './engine/types.ts';
import type { WorkerAnswer, WorkerQuestion, WorkerStart } from './engine-worker.ts';

/** An engine in a thread of its own. */
export interface ThreadedEngine extends Engine {
  /** Ends the thread; a question afterwards throws. Idempotent. */
  close(): Promise<void>;
}

/** What holds for the thread. */
export interface ThreadLimits {
  /** Ends the training. */
  readonly signal?: AbortSignal;
  /** A decision takes a few milliseconds; after this the thread is taken for stuck. 2,000 by default; read for each question. */
  readonly decideWithinMs?: number;
}

/**
 * Trains an engine in a thread, where it also decides: training holds up nobody, and a question that is stuck fails
 * instead of stopping the process. A question waits for its decision as if it were made here.
 * @throws RelevoError `kb_engine_failed` when the training ends without an engine
 */
export async function trainInThread(
  articles: readonly EngineArticle[],
  options: TrainOptions = {},
  limits: ThreadLimits = {},
): Promise<ThreadedEngine> {
  const { signal } = limits;
  const { port1: port, port2 } = new MessageChannel();
  const flag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const start: WorkerStart = { articles, options, port: port2, flag };
  const worker = startWorker({ workerData: start, transferList: [port2] });
  let gone: unknown = null;
  const end = (): void => void worker.terminate();
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  await new Promise<void>((resolve, reject) => {
    worker.on('error', (error) => {
      gone ??= error;
    });
    worker.on('exit', () => {
      gone ??= new Error('its thread has ended');
      reject(new RelevoError('kb_engine_failed', 'the training ended without an engine', { cause: gone }));
    });
    port.once('message', () => resolve());
  }).finally(() => signal?.removeEventListener('abort', end));
  // Neither a thread that waits for questions nor its port keeps a process alive.
  worker.unref();
  port.unref();

  const ready = new Int32Array(flag);
  let asked = 0;
  Atomics.store(ready, 0, 0);
  return {
    decide(question, language) {
      if (gone !== null) throw new RelevoError('kb_engine_gone', 'the engine cannot decide', { cause: gone });
      asked += 1;
      port.postMessage({ number: asked, question, language } satisfies WorkerQuestion);
      return answerTo(asked);
    },
    async close() {
      gone ??= new Error('it was closed');
      port.close();
      await worker.terminate();
    },
  };

  /** Waits for the answer with this number; those of questions given up before are dropped. */
  function answerTo(number: number): Decision {
    const { decideWithinMs = 2_000 } = limits;
    const until = performance.now() + decideWithinMs;
    for (;;) {
      Atomics.wait(ready, 0, 0, Math.max(0, until - performance.now()));
      Atomics.store(ready, 0, 0);
      for (let next = receive(); next !== null; next = receive()) {
        if (next.number !== number) continue;
        if ('fault' in next) throw new RelevoError('kb_engine_failed', `the engine failed: ${next.fault}`);
        if (next.decision) return next.decision;
      }
      if (performance.now() >= until)
        throw new RelevoError('kb_engine_stuck', `the engine did not decide within ${decideWithinMs} ms`);
    }
  }

  function receive(): WorkerAnswer | null {
    const received = receiveMessageOnPort(port) as { message: WorkerAnswer } | undefined;
    return received?.message ?? null;
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
