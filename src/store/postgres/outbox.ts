import type { Clock } from '../../core/clock.ts';
import { effectName } from '../../core/event.ts';
import { type Address, addressKey } from '../../core/message.ts';
import { partOf } from '../../core/message-part.ts';
import type { EffectResult, EffectRow, Outbox } from '../outbox.ts';
import type { Database, Statement } from './database.ts';
import { createDoneMarks } from './done-marks.ts';
import { columnsOf, effectKey } from './effect-name.ts';
import { leaseEffects } from './lease.ts';

/** The lease in the condition is the fence: a worker that was taken for dead writes nothing. */
const settleStatement: Statement = {
  name: 'settle',
  text: `update relevo.effects
set state = $5, external_id = coalesce($6, external_id), error = $7, due_at = $8::bigint, touched_at = $9::bigint, lease = null,
  unknown = $10::boolean, attempts = attempts - $11::integer
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

/** What went out leaves the next part with nothing unknown about it. */
const progressStatement: Statement = {
  name: 'progress',
  text: `update relevo.effects set part_ids = part_ids || $5::text, unknown = false, touched_at = $6::bigint
where conversation = $1 and seq = $2 and index = $3 and lease = $4 and state = 'sending'
returning index`,
};

/**
 * $4: the part, from 0, or null when it was found by its id. A part the platform says it has is known to have gone out,
 * whatever became of the worker that sent it.
 */
const reportStatement: Statement = {
  name: 'report',
  text: `update relevo.effects set
  state = case when $5 = 'failed' then 'failed' else state end,
  error = case when $5 = 'failed' then $6 else error end,
  part_ids = case when $5 <> 'failed' and state <> 'done' and $4::integer = cardinality(part_ids) and $7::text is not null
    then part_ids || $7::text else part_ids end,
  unknown = unknown and not ($5 <> 'failed' and $4::integer = cardinality(part_ids)),
  receipt = case when $5 = 'failed' then receipt
    when array_position(array['sent', 'delivered', 'read'], $5) > coalesce(array_position(array['sent', 'delivered', 'read'], receipt), 0)
    then $5 else receipt end
where conversation = $1 and seq = $2 and index = $3
returning index`,
};

const againStatement: Statement = {
  name: 'again',
  text: `update relevo.effects set state = 'pending', attempts = 0, due_at = 0, touched_at = $4::bigint, unknown = false, error = null
where conversation = $1 and seq = $2 and index = $3 and state = 'failed'
returning index`,
};

const findSentStatement: Statement = {
  name: 'find-sent',
  text: `select e.conversation, e.seq, e.index from relevo.conversations c
join relevo.effects e on e.conversation = c.id
where c.address = $1 and (e.external_id = $2 or $2 = any(e.part_ids))
order by c.ordinal desc limit 1`,
};

const failedStatement: Statement = {
  name: 'failed-effects',
  text: `select e.conversation, e.seq, e.index, e.state, e.error, e.touched_at, c.number, c.state->'reach'->>'channel' as channel
from relevo.effects e join relevo.conversations c on c.id = e.conversation
where e.error is not null and e.state in ('failed', 'done')
order by e.touched_at desc limit $1`,
};

const rowsStatement: Statement = {
  name: 'effect-rows',
  text: `select conversation, seq, index, state, attempts, external_id, error, receipt from relevo.effects
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
  receipt: EffectRow['receipt'];
}

/** The outbox in PostgreSQL, and the end of its batches. */
export function createOutbox(database: Database, clock: Clock): Outbox & { stop(): Promise<void> } {
  const marks = createDoneMarks(database, clock);

  async function findSent(address: Address, externalId: string): Promise<string | null> {
    const [row] = await database.run<Row>(findSentStatement, [addressKey(address), externalId]);
    return row === undefined ? null : effectName(row, row.index);
  }

  return {
    lease: (conversation, lease, now, leaseUntil) =>
      leaseEffects(database, conversation, lease, now, leaseUntil),
    async settle(name, lease, result) {
      const { conversation, seq, index } = effectKey(name);
      const retry = result.kind === 'retry' ? result : null;
      const more = [clock.now(), retry?.unknown ?? false, retry?.waited ? 1 : 0];
      const values = [conversation, seq, index, lease, ...outcome(result), ...more];
      return (await database.run(settleStatement, values)).length > 0;
    },
    async progress(name, lease, externalId) {
      const { conversation, seq, index } = effectKey(name);
      const values = [conversation, seq, index, lease, externalId, clock.now()];
      return (await database.run(progressStatement, values)).length > 0;
    },
    async report({ message, externalId, status, error }) {
      const found =
        'name' in message
          ? partOf(message.name)
          : { effect: await findSent(message.to, message.externalId), part: null };
      if (found.effect === null) return null;
      const { conversation, seq, index } = effectKey(found.effect);
      const values = [conversation, seq, index, found.part, status, error ?? null, externalId ?? null];
      return (await database.run(reportStatement, values)).length > 0 ? conversation : null;
    },
    async again(name) {
      const { conversation, seq, index } = effectKey(name);
      return (await database.run(againStatement, [conversation, seq, index, clock.now()])).length > 0;
    },
    async failed(limit) {
      const rows = await database.run<
        Pick<Row, 'conversation' | 'seq' | 'index' | 'state'> & {
          error: string;
          touched_at: number;
          number: number;
          channel: string;
        }
      >(failedStatement, [limit]);
      return rows.map(({ conversation, seq, index, state, error, touched_at, number, channel }) => ({
        name: effectName({ conversation, seq }, index),
        conversation,
        number,
        channel,
        given: state === 'failed',
        error,
        at: touched_at,
      }));
    },
    findSent,
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
        receipt: row.receipt,
      }));
    },
    stop: () => marks.stop(),
  };
}

/** State, external id, error and when it is due again. */
function outcome(result: EffectResult): [EffectRow['state'], string | null, string | null, number] {
  switch (result.kind) {
    case 'done':
      return ['done', result.externalId, result.note ?? null, 0];
    case 'retry':
      return ['pending', null, result.error, result.notBefore];
    case 'failed':
      return ['failed', null, result.error, 0];
  }
}
