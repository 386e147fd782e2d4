import { parentPort, workerData } from 'node:worker_threads';
import { loadEngine } from './engine/engine.ts';
import { groupGaps, type Missed, type Settled } from './gap-grouping.ts';
import type { ProposedGap } from './gap-work.ts';

/** What a thread that groups questions is started with; the engines as bytes. */
export interface GapWorkerStart extends Settled {
  readonly missed: readonly Missed<Uint8Array>[];
}

/** A gap as it comes back: its questions by their names, since who asked has them. */
export interface GapWorkerEnd extends Omit<ProposedGap, 'gap'> {
  readonly gap: Omit<ProposedGap['gap'], 'questions'>;
  readonly names: readonly string[];
}

const { missed, settled, synonyms } = workerData as GapWorkerStart;
const loaded = missed.map((one) => ({ ...one, engine: loadEngine(one.engine) }));
const found = groupGaps(loaded, { settled, synonyms }).map(
  ({ gap: { questions, ...gap }, proposal }): GapWorkerEnd => {
    return { gap, proposal, names: questions.map(({ name }) => name) };
  },
);
parentPort?.postMessage(found);
