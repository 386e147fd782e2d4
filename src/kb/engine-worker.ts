import { parentPort, workerData } from 'node:worker_threads';
import { saveEngine, trainWithGates } from './engine/engine.ts';
import type { Gate } from './engine/gate.ts';
import type { EngineArticle, TrainOptions } from './engine/types.ts';

/** What a training thread is started with. */
export interface WorkerStart {
  readonly articles: readonly EngineArticle[];
  readonly options: TrainOptions;
  /** Shares of wrong answers whose gates are wanted too. */
  readonly rates: readonly number[];
}

/** What it ends with. */
export interface WorkerEnd {
  readonly bytes: Uint8Array;
  readonly gates: readonly Gate[];
}

const { articles, options, rates } = workerData as WorkerStart;
const { engine, gates } = trainWithGates(articles, options, rates);
const end: WorkerEnd = { bytes: saveEngine(engine), gates };
parentPort?.postMessage(end, [end.bytes.buffer as ArrayBuffer]);
