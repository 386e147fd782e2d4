import { saveEngine } from './engine/engine.ts';
import type { Engine } from './engine/types.ts';
import { groupGaps, type Missed, type Settled } from './gap-grouping.ts';
import type { ProposedGap } from './gap-work.ts';
import type { GapWorkerEnd, GapWorkerStart } from './gap-worker.ts';
import { inThread } from './thread.ts';

/**
 * As `groupGaps`, in a thread of its own, so that thousands of questions hold up nobody.
 * @throws RelevoError `kb_engine_failed` when the thread ends without a result
 */
export async function groupGapsInThread(
  missed: readonly Missed<Engine>[],
  by: Settled,
): Promise<readonly ProposedGap[]> {
  const packed = missed.map(({ engine, ...rest }) => ({ ...rest, engine: packedOf(engine) }));
  // An engine that cannot be handed on has to work here.
  if (!packed.every((one): one is Missed<Uint8Array> => one.engine !== null)) return groupGaps(missed, by);
  const start: GapWorkerStart = { missed: packed, ...by };
  const found = await inThread<readonly GapWorkerEnd[]>(
    'gap-worker',
    start,
    'grouping what was missed ended without gaps',
  );
  const byName = new Map(missed.flatMap(({ questions }) => questions.map((one) => [one.name, one] as const)));
  return found.map(({ gap, proposal, names }) => ({
    gap: { ...gap, questions: names.flatMap((name) => byName.get(name) ?? []) },
    proposal,
  }));
}

function packedOf(engine: Engine): Uint8Array | null {
  return 'state' in engine ? saveEngine(engine as Parameters<typeof saveEngine>[0]) : null;
}
