import type { Conversation } from '../../core/conversation.ts';
import type { Commit } from '../../core/event.ts';
import { evolveCommit } from '../../core/evolve.ts';
import { addressKey } from '../../core/message.ts';
import type { ConversationLog, Snapshot } from '../conversation-log.ts';
import { appendCommit } from './append.ts';
import type { Database, Statement } from './database.ts';
import type { CommitBody } from './tables.ts';

/** A commit as its table's row. */
export interface CommitRow {
  conversation: string;
  seq: number;
  at: number;
  key: string | null;
  body: CommitBody;
}

interface ModelRow {
  seq: number | null;
  state: Conversation | null;
  later: Omit<CommitRow, 'conversation'>[] | null;
}

const laterCommits = `
cross join lateral (
  select json_agg(json_build_object('seq', m.seq, 'at', m.at, 'key', m.key, 'body', m.body) order by m.seq) as later
  from relevo.commits m where m.conversation = wanted.id and m.seq > coalesce(c.seq, 0)
) l`;

const loadStatement: Statement = {
  name: 'load',
  text: `select c.seq, c.state, l.later
from (select $1::text as id) wanted left join relevo.conversations c on c.id = wanted.id ${laterCommits}`,
};

const newestStatement: Statement = {
  name: 'newest',
  text: `select c.id, c.seq, c.state, l.later
from (select id from relevo.conversations where address = $1 order by ordinal desc limit 1) wanted
join relevo.conversations c on c.id = wanted.id ${laterCommits}`,
};

const numberStatement: Statement = {
  name: 'next-number',
  text: `select nextval('relevo.conversation_numbers') as number`,
};

const findKeyStatement: Statement = {
  name: 'find-key',
  text: 'select conversation, seq from relevo.commits where key = $1',
};

const commitsStatement: Statement = {
  name: 'commits',
  text: `select conversation, seq, at, key, body from relevo.commits
where conversation = $1 and seq > $2 order by seq limit $3`,
};

const historyStatement: Statement = {
  name: 'history',
  text: `select c.ordinal, m.* from relevo.conversations c
cross join lateral (
  select conversation, seq, at, key, body from relevo.commits
  where conversation = c.id and seq > case when c.ordinal = $2 then $3::integer else 0 end
  order by seq limit $4
) m
where c.address = $1 and c.ordinal >= $2::integer
order by c.ordinal, m.seq limit $4`,
};

const recentStatement: Statement = {
  name: 'recent',
  text: `select c.ordinal, m.* from relevo.conversations c
cross join lateral (
  select conversation, seq, at, key, body from relevo.commits
  where conversation = c.id order by seq desc limit $2
) m
where c.address = $1
order by c.ordinal desc, m.seq desc limit $2`,
};

/** A slice of time: the index finds its blocks, and what is in them is put in order. */
const sinceStatement: Statement = {
  name: 'since',
  text: `select conversation, seq, at, key, body from relevo.commits
where at >= $1 and at < $4 and (at, conversation, seq) > ($1::bigint, $2, $3::integer)
order by at, conversation, seq limit $5`,
  timeoutMs: 60_000,
};

const firstSliceMs = 3_600_000;

/** The logs of all conversations, in PostgreSQL. */
export function createConversationLog(database: Database): ConversationLog {
  const { run } = database;
  return {
    async load(conversation) {
      const [row] = await run<ModelRow>(loadStatement, [conversation]);
      return row === undefined ? null : caughtUp(conversation, row);
    },
    async newest(address) {
      const [row] = await run<ModelRow & { id: string }>(newestStatement, [addressKey(address)]);
      return row === undefined ? null : caughtUp(row.id, row);
    },
    async nextNumber() {
      const [row] = await run<{ number: number }>(numberStatement, []);
      if (row === undefined) throw new Error('a sequence gave no number');
      return row.number;
    },
    append: (commit, after) => appendCommit(database, commit, after),
    async findKey(key) {
      const [row] = await run<{ conversation: string; seq: number }>(findKeyStatement, [key]);
      return row ?? null;
    },
    async commits(conversation, afterSeq, limit) {
      return (await run<CommitRow>(commitsStatement, [conversation, afterSeq, limit])).map(commitOf);
    },
    async history(address, after, limit) {
      const place = [after?.ordinal ?? 0, after?.seq ?? 0];
      return (await run<Placed>(historyStatement, [addressKey(address), ...place, limit])).map(placed);
    },
    async recent(address, limit) {
      return (await run<Placed>(recentStatement, [addressKey(address), limit])).map(placed).reverse();
    },
    async since(after, until, limit) {
      const found: Commit[] = [];
      let { at: from, conversation, seq } = after;
      // Slices grow while little is found, so that a quiet month takes a dozen questions.
      for (let sliceMs = firstSliceMs; from < until && found.length < limit; sliceMs *= 2) {
        const to = Math.min(from + sliceMs, until);
        const values = [from, conversation, seq, to, limit - found.length];
        found.push(...(await run<CommitRow>(sinceStatement, values)).map(commitOf));
        [from, conversation, seq] = [to, '', 0];
      }
      return found;
    },
  };
}

type Placed = CommitRow & { ordinal: number };

function placed(row: Placed): { ordinal: number; commit: Commit } {
  return { ordinal: row.ordinal, commit: commitOf(row) };
}

/** The commit that a row holds. */
export function commitOf({ conversation, seq, at, key, body }: CommitRow): Commit {
  return { conversation, seq, at, key, ...body };
}

function caughtUp(conversation: string, row: ModelRow): Snapshot | null {
  let { seq, state } = row;
  for (const later of row.later ?? []) {
    state = evolveCommit(state, commitOf({ conversation, ...later }));
    seq = later.seq;
  }
  return state === null || seq === null ? null : { state, seq };
}
