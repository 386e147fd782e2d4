import type { LeasedEffect } from '../outbox.ts';
import { commitId, commitOf } from './commit-document.ts';
import type { Database } from './database.ts';
import type { EffectDocument } from './documents.ts';

const maxLeased = 100;

/**
 * Leases a conversation's due effects, as `Outbox.lease` says; at most 100 at once.
 *
 * Whoever takes the first open effect has the conversation: everybody who read before that finds its version changed and
 * takes none, and everybody who reads after it finds it taken. The others are then taken one after another; where one
 * changed meanwhile, the lease ends before it.
 * @throws RelevoError
 */
export async function leaseEffects(
  database: Database,
  conversation: string,
  lease: string,
  now: number,
  leaseUntil: number,
): Promise<LeasedEffect[]> {
  const { ask, effects, commits } = database;
  const open = await ask(() =>
    effects
      .find({ conversation, state: { $in: ['pending', 'sending'] } })
      .sort({ seq: 1, index: 1 })
      .lean(),
  );
  const wanted = leasable(open, now);
  // Sends go in order and each is settled before the next: of what a dead holder left, only the first may have gone out.
  const left = wanted.find(({ state }) => state === 'sending');
  const taken: EffectDocument[] = [];
  for (const effect of wanted) {
    const { _id, version } = effect;
    const mine = await ask(() =>
      effects
        .findOneAndUpdate(
          { _id, version },
          {
            $set: {
              state: 'sending',
              lease,
              dueAt: leaseUntil,
              touchedAt: now,
              error: null,
              unknown: effect.unknown || effect === left,
            },
            $inc: { attempts: 1, version: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean(),
    );
    if (mine === null) break;
    taken.push(mine);
  }
  const ids = [...new Set(taken.map(({ seq }) => commitId(conversation, seq)))];
  const found = await ask(() => Promise.all(ids.map((id) => commits.findById(id).lean())));
  const bySeq = new Map(found.flatMap((one) => (one === null ? [] : [[one.seq, commitOf(one)] as const])));
  return taken.flatMap(({ _id, seq, index, attempts, unknown, partIds }) => {
    const commit = bySeq.get(seq);
    if (commit === undefined) return [];
    return [{ name: _id, index, commit, attempt: attempts, unknown, partIds }];
  });
}

/** The open effects up to the first that is not due; none while another lease is alive. */
function leasable(open: readonly EffectDocument[], now: number): readonly EffectDocument[] {
  if (open.some(({ state, dueAt }) => state === 'sending' && dueAt > now)) return [];
  const notDue = open.findIndex(({ dueAt }) => dueAt > now);
  return open.slice(0, Math.min(maxLeased, notDue === -1 ? open.length : notDue));
}
