import { type Conversation, deadlineOf } from '../../core/conversation.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Commit } from '../../core/event.ts';
import type { Database, Statement } from './database.ts';
import { unstorable } from './faults.ts';
import {
  modelColumns,
  modelCount,
  modelParameters,
  modelReplacement,
  modelValues,
  turnAfter,
} from './model.ts';
import type { CommitBody } from './tables.ts';

/** Where the model's values begin among a statement's parameters. */
const firstModel = 8;

/**
 * One statement, so one transaction and one round trip. The log's row decides: when it is not inserted (sequence or
 * key taken, or its predecessor missing, which would leave a gap) the others find nothing in `entry` to insert.
 * Each part reads the one before through RETURNING, never through the tables: all parts see the same old snapshot.
 */
const entryAndModel = `
with entry as (
  insert into relevo.commits (conversation, seq, at, key, body)
  select $1, $2, $3, $4, $5
  where $2 = 1 or exists (select from relevo.commits where conversation = $1 and seq = $2 - 1)
  on conflict do nothing
  returning conversation, seq, at
), model as (
  insert into relevo.conversations (${modelColumns}, seq, turn_at, wake_at)
  select ${modelParameters(firstModel)}, entry.seq, turn.at, least($7::bigint, turn.at)
  from entry, lateral (select case when $6::text <> 'none' then entry.at end as at) turn
  on conflict (id) do update set ${modelReplacement},
    turn_at = case when $6 = 'still' then coalesce(conversations.turn_at, excluded.turn_at) else excluded.turn_at end,
    wake_at = least(conversations.wake_at, excluded.wake_at)
  where conversations.seq < excluded.seq
)`;

const appendStatement: Statement = { name: 'append', text: `${entryAndModel} select from entry` };

const appendEffectsStatement: Statement = {
  name: 'append-effects',
  text: `${entryAndModel}, outbox as (
  insert into relevo.effects (conversation, seq, index, touched_at)
  select entry.conversation, entry.seq, i, entry.at from entry, generate_series(0, $${firstModel + modelCount}::integer - 1) as i
) select from entry`,
};

const keyStatement: Statement = {
  name: 'key-known',
  text: 'select from relevo.commits where key = $1',
};

/** Whether exactly this commit is in the log. */
const sameStatement: Statement = {
  name: 'commit-same',
  text: `select from relevo.commits
where conversation = $1 and seq = $2 and at = $3 and key is not distinct from $4 and body = $5::jsonb`,
};

const unstorableText = /[\0\p{Surrogate}]/u;

/**
 * Stores a commit with what follows from it.
 * A connection that breaks meanwhile leaves open whether it was stored: then the same statement is run once more, which
 * waits for the first one where that still runs, and when it finds the place taken, the log is asked by whom.
 * @throws RelevoError `store_unreachable`: stored or not, and the caller may repeat it; `text_not_storable`: nothing was stored
 */
export async function appendCommit(
  database: Database,
  commit: Commit,
  after: Conversation,
): Promise<'stored' | 'conflict' | 'repeated'> {
  const body: CommitBody = { by: commit.by, events: commit.events, effects: commit.effects };
  const entry = [commit.conversation, commit.seq, commit.at, commit.key, JSON.stringify(body)];
  const model = modelValues(after);
  // The driver turns half a surrogate pair into U+FFFD: two keys would become one.
  if ([commit.conversation, commit.key].some(isUnstorable)) throw unstorable();
  const values = [...entry, turnAfter(commit, after), deadlineOf(after.stage)?.at ?? null, ...model];
  const effects = commit.effects.length;

  let interrupted = false;
  for (;;) {
    try {
      const inserted =
        effects === 0
          ? await database.run(appendStatement, values)
          : await database.run(appendEffectsStatement, [...values, effects]);
      if (inserted.length > 0) return 'stored';
      if (interrupted && (await database.run(sameStatement, entry)).length > 0) return 'stored';
      if (commit.key !== null && (await database.run(keyStatement, [commit.key])).length > 0)
        return 'repeated';
      return 'conflict';
    } catch (error) {
      const lost = error instanceof RelevoError && error.code === 'store_unreachable';
      if (!lost || interrupted) throw error;
      interrupted = true;
    }
  }
}

function isUnstorable(value: string | null): boolean {
  return value !== null && unstorableText.test(value);
}
