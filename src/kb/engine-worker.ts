import { type MessagePort, workerData } from 'node:worker_threads';
import type { Language } from '../core/language.ts';
import { trainEngine } from './engine/engine.ts';
import type { Decision, EngineArticle, TrainOptions } from './engine/types.ts';

/** What an engine's thread is started with. */
export interface WorkerStart {
  readonly articles: readonly EngineArticle[];
  readonly options: TrainOptions;
  readonly port: MessagePort;
  /** One 32-bit integer: 1 while an answer waits in the port. */
  readonly flag: SharedArrayBuffer;
}

/** A question to the thread. */
export interface WorkerQuestion {
  readonly number: number;
  readonly question: string;
  readonly language: Language | undefined;
}

/** What comes back; the first has number 0 and says that the training is done. */
export type WorkerAnswer =
  | { readonly number: number; readonly decision: Decision | null }
  | { readonly number: number; readonly fault: string };

const { articles, options, port, flag } = workerData as WorkerStart;
const signal = new Int32Array(flag);

const engine = trainEngine(articles, options);
answer({ number: 0, decision: null });

port.on('message', ({ number, question, language }: WorkerQuestion) => {
  try {
    answer({ number, decision: engine.decide(question, language) });
  } catch (error) {
    answer({ number, fault: error instanceof Error ? error.message : String(error) });
  }
});

function answer(message: WorkerAnswer): void {
  port.postMessage(message);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}
