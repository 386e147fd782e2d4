import { effectName } from '../../core/event.ts';
import type { LeasedEffect } from '../outbox.ts';
import { type CommitRow, commitOf } from './conversation-log.ts';
import type { Database, Statement } from './database.ts';

const maxLeased = 100;

/**
 * Two statements in one transaction: the second must see the rows as they are once the first has locked them.
 * In one statement it would see them as they were before, and skip, without a word, what had changed meanwhile.
 */
const lockStatement: Statement = {
  name: 'lease-lock',
  text: `select seq, index, state, due_at from relevo.effects
where conversation = $1 and state in ('pending', 'sending') order by seq, index for update`,
};

const takeStatement: Statement = {
  name: 'lease-take',
  text: `update relevo.effects e
set state = 'sending', attempts = attempts + 1, unknown = unknown or (e.seq, e.index) = ($7::integer, $8::integer),
  lease = $4, due_at = $5, touched_at = $6, error = null
from unnest($2::integer[], $3::integer[]) as wanted (seq, index), relevo.commits m
where e.conversation = $1 and e.seq = wanted.seq and e.index = wanted.index
  and m.conversation = e.conversation and m.seq = e.seq
returning e.index, e.attempts, e.unknown, e.part_ids, m.conversation, m.seq, m.at, m.key, m.body`,
};

interface OpenRow {
  seq: number;
  index: number;
  state: 'pending' | 'sending';
  due_at: number;
}

type TakenRow = CommitRow & { index: number; attempts: number; unknown: boolean; part_ids: string[] };

/**
 * Leases a conversation's due effects, as `Outbox.lease` says; at most 100 at once.
 * @throws RelevoError
 */
export async function leaseEffects(
  database: Database,
  conversation: string,
  lease: string,
  now: number,
  leaseUntil: number,
): Promise<LeasedEffect[]> {
  const rows = await database.transaction(async (run) => {
    const wanted = leasable(await run<OpenRow>(lockStatement, [conversation]), now);
    if (wanted.length === 0) return [];
    const names = [wanted.map((row) => row.seq), wanted.map((row) => row.index)];
    // Sends go in order and each is settled before the next: of what a dead holder left, only the first may have gone out.
    const left = wanted.find((row) => row.state === 'sending');
    const values = [conversation, ...names, lease, leaseUntil, now, left?.seq ?? 0, left?.index ?? 0];
    return await run<TakenRow>(takeStatement, values);
  });
  return rows
    .map((row) => ({
      name: effectName(row, row.index),
      index: row.index,
      commit: commitOf(row),
      attempt: row.attempts,
      unknown: row.unknown,
      partIds: row.part_ids,
    }))
    .sort((a, b) => a.commit.seq - b.commit.seq || a.index - b.index);
}

/** The open effects up to the first that is not due; none while another lease is alive. */
function leasable(open: readonly OpenRow[], now: number): readonly OpenRow[] {
  if (open.some((row) => row.state === 'sending' && row.due_at > now)) return [];
  const notDue = open.findIndex((row) => row.due_at > now);
  return open.slice(0, Math.min(maxLeased, notDue === -1 ? open.length : notDue));
}
