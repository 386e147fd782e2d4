import { lostEffectError, lostEffectMs } from '../lost-effects.ts';
import { type Folded, finishAll, foldNext, writeModel } from './catch-up.ts';
import { commitId, commitOf, effectsOfCommit } from './commit-document.ts';
import type { Database } from './database.ts';
import type { CommitDocument, EffectDocument } from './documents.ts';
import { createMissed } from './missed.ts';

const pageCommits = 1_000;

/**
 * Makes every read model anew from the log, document by document over the old ones: nobody ever sees an empty list,
 * writers may go on, and after a crash it is simply run again. What the outbox knows stays as it is; only missing
 * effects are added.
 * @param progress called after every thousand commits, with the commits read so far
 * @param now epoch milliseconds
 */
export async function rebuildModels(
  database: Database,
  progress: (commits: number) => void,
  now: number,
): Promise<{ conversations: number; commits: number }> {
  while ((await finishAll(database)) > 0);
  await removeOrphans(database);
  await createMissed(database).forget();
  let [conversations, commits] = [0, 0];
  let place: Pick<CommitDocument, 'conversation' | 'seq'> = { conversation: '', seq: 0 };
  let folded: Folded | null = null;
  for (;;) {
    const page = await pageAfter(database, place);
    const finished: Folded[] = [];
    const effects: EffectDocument[] = [];
    for (const document of page) {
      if (document.conversation !== place.conversation) {
        if (folded !== null) finished.push(folded);
        folded = null;
      }
      const commit = commitOf(document);
      folded = foldNext(folded, commit);
      // A marked commit's writer is still at work, or the sweeper will do it: its effects have not been tried.
      if (!document.pending) effects.push(...effectsOfCommit(commit, true).map((one) => lost(one, now)));
      place = document;
    }
    const last = page.length < pageCommits;
    if (last && folded !== null) finished.push(folded);
    if (effects.length > 0) await database.insert(database.effects, effects);
    for (const one of finished) await writeModel(database, one, true);
    conversations += finished.length;
    commits += page.length;
    progress(commits);
    if (last) return { conversations, commits };
  }
}

/** What is old was sent long ago, or is no news to anybody. */
function lost(effect: EffectDocument, now: number): EffectDocument {
  return effect.touchedAt < now - lostEffectMs
    ? { ...effect, state: 'failed', error: lostEffectError }
    : effect;
}

function pageAfter(
  { ask, commits }: Database,
  { conversation, seq }: Pick<CommitDocument, 'conversation' | 'seq'>,
): Promise<CommitDocument[]> {
  const after = [{ conversation: { $gt: conversation } }, { conversation, seq: { $gt: seq } }];
  return ask(() => commits.find({ $or: after }).sort({ conversation: 1, seq: 1 }).limit(pageCommits).lean());
}

/** One question for each conversation there is: nobody waits for a rebuild to answer. */
const orphansMs = 24 * 3_600_000;

/** Removes models that no commit accounts for; what the log knows of those conversations is written again. */
async function removeOrphans({ ask, commits, conversations }: Database): Promise<void> {
  await ask(async () => {
    for await (const { _id, seq } of conversations.find({}, { seq: 1 }).lean().cursor()) {
      if ((await commits.exists({ _id: commitId(_id, seq) })) === null)
        await conversations.deleteOne({ _id, seq });
    }
  }, orphansMs);
}
