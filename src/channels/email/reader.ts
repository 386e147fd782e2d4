import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import type { Mail } from './mail.ts';
import type { ReadAnswer } from './read-worker.ts';

/** How long one mail may take to read, in milliseconds, and more for each megabyte: a hostile one never ends. */
const maxReadMs = 10_000;
const perMegabyteMs = 1_000;

/** Memory of the thread that reads, in megabytes, beside the bytes of the mail. */
const maxHeapMb = 256;

/** Reads mails one after the other in a thread of its own, so that a hostile one holds up nobody. */
export interface Reader {
  /** Starts the thread, so that the first mail does not wait for it. */
  open(): void;
  /** @returns the mail, or why nobody can read it */
  read(bytes: Uint8Array): Promise<{ readonly mail: Mail } | { readonly unreadable: string }>;
  /** Ends the thread. */
  close(): Promise<void>;
}

/** Makes a reader. */
export function createReader(): Reader {
  const queue = new PQueue({ concurrency: 1 });
  let worker: Worker | null = null;

  async function end(): Promise<void> {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  }

  async function read(bytes: Uint8Array): Promise<{ mail: Mail } | { unreadable: string }> {
    worker ??= startWorker();
    const ended = new AbortController();
    const ms = maxReadMs + Math.ceil((bytes.length / 1_048_576) * perMegabyteMs);
    const stop = AbortSignal.any([ended.signal, AbortSignal.timeout(ms)]);
    const gone = () => ended.abort();
    worker.once('exit', gone);
    try {
      worker.postMessage(bytes);
      // An error of the thread rejects this too.
      const [answer] = (await once(worker, 'message', { signal: stop })) as [ReadAnswer];
      worker.off('exit', gone);
      return 'mail' in answer ? answer : { unreadable: answer.error };
    } catch (error) {
      await end();
      const slow = !ended.signal.aborted && stop.aborted;
      if (slow) return { unreadable: `reading it took longer than ${ms} ms` };
      return {
        unreadable: error instanceof Error && error.name !== 'AbortError' ? error.message : 'its reader died',
      };
    }
  }

  return {
    open: () => {
      worker ??= startWorker();
    },
    read: (bytes) => queue.add(() => read(bytes)),
    close: end,
  };
}

/** Run from the sources, the thread first needs the loader that the tests and `npm run dev` bring. */
function startWorker(): Worker {
  const options = { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } };
  const worker = import.meta.url.endsWith('.ts')
    ? new Worker(fromSources(), { ...options, eval: true })
    : new Worker(new URL('./read-worker.js', import.meta.url), options);
  // A mail that is being read keeps nobody from stopping.
  worker.unref();
  // Whoever waits for a mail hears of it; without a listener it would end the process.
  worker.on('error', () => undefined);
  return worker;
}

function fromSources(): string {
  const loader = import.meta.resolve('tsx/esm/api');
  const file = new URL('./read-worker.ts', import.meta.url).href;
  return `import('${loader}').then(({ register }) => { register(); return import('${file}'); });`;
}
