import type { Deadline } from '../../core/conversation.ts';
import type { UndoneWork } from '../undone.ts';
import type { Database, Statement } from './database.ts';

/** Commits only lower `wake_at`; here it becomes again what it should be, where it is about to be searched. */
const raiseStatement: Statement = {
  name: 'undone-raise',
  text: `update relevo.conversations set wake_at = least(deadline_at, turn_at)
where wake_at < $1 and wake_at is distinct from least(deadline_at, turn_at)`,
  timeoutMs: 120_000,
};

const deadlinesStatement: Statement = {
  name: 'undone-deadlines',
  text: `select id, seq, deadline_kind as kind, deadline_at as at from relevo.conversations
where wake_at < $1 and deadline_at < $1 order by deadline_at limit $2`,
};

const turnsStatement: Statement = {
  name: 'undone-turns',
  text: `select id from relevo.conversations
where wake_at < $1 and turn_at < $1 order by turn_at limit $2`,
};

/** Only the first open effect of a conversation counts: what comes after it cannot leave before it. */
const effectsStatement: Statement = {
  name: 'undone-effects',
  text: `select conversation from (
  select distinct on (conversation) conversation, due_at, touched_at from relevo.effects
  where state in ('pending', 'sending') order by conversation, seq, index
) head
where due_at < $1 and touched_at < $2 order by touched_at limit $3`,
};

const filesStatement: Statement = {
  name: 'undone-files',
  text: `select distinct conversation from relevo.files
where state = 'remote' and due_at < $1 and touched_at < $2 limit $3`,
};

/** What the sweeper looks for, in PostgreSQL. */
export function createUndoneWork({ run }: Database): UndoneWork {
  return {
    async deadlines(dueBefore, limit) {
      await run(raiseStatement, [dueBefore]);
      const rows = await run<Deadline & { id: string; seq: number }>(deadlinesStatement, [dueBefore, limit]);
      return rows.map(({ id, seq, kind, at }) => ({ conversation: id, seq, deadline: { kind, at } }));
    },
    async turns(storedBefore, limit) {
      // Not raised here: whoever sweeps looks for deadlines, too, and further ahead.
      return (await run<{ id: string }>(turnsStatement, [storedBefore, limit])).map((row) => row.id);
    },
    async effects(dueBefore, touchedBefore, limit) {
      const rows = await run<{ conversation: string }>(effectsStatement, [dueBefore, touchedBefore, limit]);
      return rows.map((row) => row.conversation);
    },
    async files(dueBefore, touchedBefore, limit) {
      const rows = await run<{ conversation: string }>(filesStatement, [dueBefore, touchedBefore, limit]);
      return rows.map((row) => row.conversation);
    },
  };
}
