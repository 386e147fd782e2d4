import { parentPort, workerData } from 'node:worker_threads';
import { loadEngine } from './engine/engine.ts';
import { groupGaps, type Missed, type Settled } from './gap-grouping.ts';

/** What a thread that groups questions is started with; the engines as bytes. */
export interface GapWorkerStart extends Settled {
  readonly missed: readonly Missed<Uint8Array>[];
}

const { missed, settled, synonyms } = workerData as GapWorkerStart;
const loaded = missed.map((one) => ({ ...one, engine: loadEngine(one.engine) }));
parentPort?.postMessage(groupGaps(loaded, { settled, synonyms }));
