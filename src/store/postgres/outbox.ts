import type { Clock } from '../../core/clock.ts';
import { effectName } from '../../core/event.ts';
import type { EffectResult, EffectRow, Outbox } from '../store.ts';
import type { Database, Statement } from './database.ts';
import { createDoneMarks } from './done-marks.ts';
import { columnsOf, effectKey } from './effect-name.ts';
import { leaseEffects } from './lease.ts';

/** The lease in the condition is the fence: a worker that was taken for dead writes nothing. */
const settleStatement: Statement = {
  name: 'settle',
  text: `update relevo.effects
set state = $5, external_id = coalesce($6, external_id), error = $7, due_at = $8::bigint, touched_at = $9::bigint, lease = null
where conversation = $1 and seq = $2 and index = $3 and lease = $4 and state = 'sending'
returning index`,
};

const releaseStatement: Statement = {
  name: 'release',
  text: `update relevo.effects e
set state = 'pending', attempts = attempts - 1, due_at = 0, touched_at = $5::bigint, lease = null
from unnest($1::text[], $2::integer[], $3::integer[]) as given (conversation, seq, index)
where e.conversation = given.conversation and e.seq = given.seq and e.index = given.index
  and e.lease = $4 and e.state = 'sending'`,
};

const rowsStatement: Statement = {
  name: 'effect-rows',
  text: `select conversation, seq, index, state, attempts, external_id, error from relevo.effects
where conversation = $1 order by seq, index`,
};

interface Row {
  conversation: string;
  seq: number;
  index: number;
  state: EffectRow['state'];
  attempts: number;
  external_id: string | null;
  error: string | null;
}

/** The outbox in PostgreSQL, and the end of its batches. */
export function createOutbox(database: Database, clock: Clock): Outbox & { stop(): Promise<void> } {
  const marks = createDoneMarks(database, clock);
  return {
    lease: (conversation, lease, now, leaseUntil) =>
      leaseEffects(database, conversation, lease, now, leaseUntil),
    async settle(name, lease, result) {
      const { conversation, seq, index } = effectKey(name);
      const values = [conversation, seq, index, lease, ...outcome(result), clock.now()];
      return (await database.run(settleStatement, values)).length > 0;
    },
    async release(names, lease) {
      if (names.length === 0) return;
      await database.run(releaseStatement, [...columnsOf(names.map(effectKey)), lease, clock.now()]);
    },
    markDone: async (names) => marks.add(names.map(effectKey)),
    async rows(conversation) {
      const rows = await database.run<Row>(rowsStatement, [conversation]);
      return rows.map((row) => ({
        name: effectName(row, row.index),
        state: row.state,
        attempts: row.attempts,
        externalId: row.external_id,
        error: row.error,
      }));
    },
    stop: () => marks.stop(),
  };
}

/** State, external id, error and when it is due again. */
function outcome(result: EffectResult): [EffectRow['state'], string | null, string | null, number] {
  switch (result.kind) {
    case 'done':
      return ['done', result.externalId, null, 0];
    case 'retry':
      return ['pending', null, result.error, result.notBefore];
    case 'failed':
      return ['failed', null, result.error, 0];
  }
}
