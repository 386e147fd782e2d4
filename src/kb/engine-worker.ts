import { parentPort, workerData } from 'node:worker_threads';
import { saveEngine, trainEngine } from './engine/engine.ts';
import type { EngineArticle, TrainOptions } from './engine/types.ts';

/** What a training thread is started with. */
export interface WorkerStart {
  readonly articles: readonly EngineArticle[];
  readonly options: TrainOptions;
}

const { articles, options } = workerData as WorkerStart;
const bytes = saveEngine(trainEngine(articles, options));
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
