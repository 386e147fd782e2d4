import { type Conversation, deadlineOf } from '../../core/conversation.ts';
import { evolveCommit } from '../../core/evolve.ts';
import { lostEffectError, lostEffectMs } from '../lost-effects.ts';
import { type CommitRow, commitOf } from './conversation-log.ts';
import type { Database, Run, Statement } from './database.ts';
import { createMissed } from './missed.ts';
import { modelArrays, modelColumns, modelReplacement, modelValues, turnAfter } from './model.ts';

const pageCommits = 1_000;

const pageStatement: Statement = {
  name: 'rebuild-page',
  text: `select conversation, seq, at, key, body from relevo.commits
where (conversation, seq) > ($1, $2::integer) order by conversation, seq limit $3`,
};

/** Replaces a row also when the sequence is the same: that is what rebuilding is. */
const modelStatement: Statement = {
  name: 'rebuild-model',
  text: `insert into relevo.conversations (seq, turn_at, wake_at, ${modelColumns})
select * from unnest($1::integer[], $2::bigint[], $3::bigint[], ${modelArrays(4)})
on conflict (id) do update set ${modelReplacement}, turn_at = excluded.turn_at, wake_at = excluded.wake_at
where conversations.seq <= excluded.seq`,
};

/** Of an effect that has no row nobody can say whether it went out: a recent one is due and unknown, an older one failed. */
const effectsStatement: Statement = {
  name: 'rebuild-effects',
  text: `insert into relevo.effects (conversation, seq, index, touched_at, unknown, state, error)
select given.conversation, given.seq, i, given.at, true,
  case when given.at < $5 then 'failed' else 'pending' end, case when given.at < $5 then $6 end
from unnest($1::text[], $2::integer[], $3::bigint[], $4::integer[]) as given (conversation, seq, at, effects),
  generate_series(0, given.effects - 1) as i
on conflict do nothing`,
};

/** Rows that no commit accounts for; what the log knows of those conversations is written again. */
const orphansStatement: Statement = {
  name: 'rebuild-orphans',
  text: `delete from relevo.conversations c
where not exists (select from relevo.commits m where m.conversation = c.id and m.seq = c.seq)`,
  timeoutMs: 600_000,
};

/**
 * Of what was written at once, as by a copy, neither the planner nor the index by time knows yet: until autovacuum comes
 * by, counting what is open and following the log would read all of it each time.
 */
const acquaintStatements: readonly Statement[] = [
  { name: 'rebuild-summarise', text: `select brin_summarize_new_values('relevo.commits_at')` },
  ...['commits', 'conversations', 'effects'].map((table) => ({
    name: `rebuild-analyse-${table}`,
    text: `analyze relevo.${table}`,
  })),
].map((statement) => ({ ...statement, timeoutMs: 600_000 }));

interface Folded {
  readonly state: Conversation;
  readonly seq: number;
  readonly turnAt: number | null;
}

/**
 * Makes every read model anew from the log, row by row over the old ones: nobody ever sees an empty list, writers
 * may go on, and after a crash it is simply run again. What the outbox knows stays as it is; only missing rows are added.
 * @param progress called after every thousand commits, with the commits read so far
 * @param now epoch milliseconds
 */
export async function rebuildModels(
  database: Database,
  progress: (commits: number) => void,
  now: number,
): Promise<{ conversations: number; commits: number }> {
  await database.run(orphansStatement, []);
  await createMissed(database).forget();
  let [conversations, commits] = [0, 0];
  let place: [string, number] = ['', 0];
  let fold = createFold();
  for (;;) {
    const page = await database.run<CommitRow>(pageStatement, [...place, pageCommits]);
    const finished: Folded[] = [];
    for (const row of page) {
      if (row.conversation !== place[0]) {
        finished.push(...fold.result());
        fold = createFold();
      }
      fold.add(row);
      place = [row.conversation, row.seq];
    }
    const last = page.length < pageCommits;
    if (last) finished.push(...fold.result());
    await writeEffects(database.run, page, now - lostEffectMs);
    await writeModels(database.run, finished);
    conversations += finished.length;
    commits += page.length;
    progress(commits);
    if (last) break;
  }
  for (const statement of acquaintStatements) await database.run(statement, []);
  return { conversations, commits };
}

function createFold() {
  let state: Conversation | null = null;
  let [seq, turnAt]: [number, number | null] = [0, null];
  return {
    add(row: CommitRow): void {
      const commit = commitOf(row);
      state = evolveCommit(state, commit);
      seq = row.seq;
      if (state === null) return;
      const turn = turnAfter(commit, state);
      turnAt = turn === 'none' ? null : turn === 'new' ? row.at : (turnAt ?? row.at);
    },
    /** None for a log without events. */
    result: (): Folded[] => (state === null ? [] : [{ state, seq, turnAt }]),
  };
}

async function writeModels(run: Run, models: readonly Folded[]): Promise<void> {
  if (models.length === 0) return;
  const rows = models.map(({ state, seq, turnAt }) => {
    const deadlineAt = deadlineOf(state.stage)?.at ?? null;
    const wakeAt =
      turnAt === null || deadlineAt === null ? (turnAt ?? deadlineAt) : Math.min(turnAt, deadlineAt);
    return [seq, turnAt, wakeAt, ...modelValues(state)];
  });
  await run(modelStatement, columnsOf(rows));
}

async function writeEffects(run: Run, page: readonly CommitRow[], lostBefore: number): Promise<void> {
  const rows = page
    .filter((row) => row.body.effects.length > 0)
    .map((row) => [row.conversation, row.seq, row.at, row.body.effects.length]);
  if (rows.length > 0) await run(effectsStatement, [...columnsOf(rows), lostBefore, lostEffectError]);
}

function columnsOf<T>(rows: readonly (readonly T[])[]): T[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] as T));
}
