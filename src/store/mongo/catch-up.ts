import type { Conversation } from '../../core/conversation.ts';
import type { Commit } from '../../core/event.ts';
import { evolveCommit } from '../../core/evolve.ts';
import type { Snapshot } from '../conversation-log.ts';
import { turnAfter } from '../postgres/model.ts';
import { commitId, commitOf, effectsOfCommit } from './commit-document.ts';
import type { Database } from './database.ts';
import type { ConversationDocument } from './documents.ts';
import { modelOf, replacing, snapshotOf } from './model.ts';

const maxRounds = 20;
const pageCommits = 500;

/** A conversation as its log says, and since when the bot owes an answer. */
export interface Folded extends Snapshot {
  readonly turnAt: number | null;
}

/** The next step of a fold. @returns null after a log without events */
export function foldNext(before: Folded | null, commit: Commit): Folded | null {
  const state: Conversation | null = evolveCommit(before?.state ?? null, commit);
  if (state === null) return null;
  const turn = turnAfter(commit, state);
  const turnAt = turn === 'none' ? null : turn === 'new' ? commit.at : (before?.turnAt ?? commit.at);
  return { state, seq: commit.seq, turnAt };
}

/** A read model with the commits after it, which there are while its writer is between two writes, or died there. */
export async function caughtUp(
  database: Database,
  conversation: string,
  model: ConversationDocument | null,
): Promise<Folded | null> {
  let folded: Folded | null = model === null ? null : { ...snapshotOf(model), turnAt: model.turnAt ?? null };
  for (;;) {
    const id = commitId(conversation, (folded?.seq ?? 0) + 1);
    const later = await database.ask(() => database.commits.findById(id).lean());
    if (later === null) return folded;
    folded = foldNext(folded, commitOf(later));
    if (folded === null) return null;
  }
}

/** Writes a read model over one that is older, or where there is none. @param replacesSame also over one that is as new */
export async function writeModel(
  database: Database,
  { state, seq, turnAt }: Folded,
  replacesSame = false,
): Promise<void> {
  const model: ConversationDocument = { ...modelOf(state, seq), ...(turnAt === null ? {} : { turnAt }) };
  const older = { _id: state.id, seq: replacesSame ? { $lte: seq } : { $lt: seq } };
  // Two rounds: of two that both find none, one inserts, and the other looks again.
  for (let round = 0; round < 2; round++) {
    const done = await database.ask(() => database.conversations.updateOne(older, replacing(model)));
    if (done.matchedCount > 0 || (await database.insert(database.conversations, [model]))) return;
  }
}

/**
 * Finishes what the writers of a conversation's commits may have left: effects, read model, and then the mark that
 * says so. Doing it twice, or beside the writer itself, changes nothing.
 */
export async function finish(database: Database, conversation: string): Promise<void> {
  const { ask, commits, effects } = database;
  for (let round = 0; round < maxRounds; round++) {
    const open = await ask(() =>
      commits.find({ conversation, pending: true }).sort({ seq: 1 }).limit(pageCommits).lean(),
    );
    if (open.length === 0) return;
    const missing = open.flatMap((one) => effectsOfCommit(commitOf(one), false));
    if (missing.length > 0) await database.insert(effects, missing);
    const model = await ask(() => database.conversations.findById(conversation).lean());
    const folded = await caughtUp(database, conversation, model);
    if (folded !== null && folded.seq > (model?.seq ?? 0)) await writeModel(database, folded);
    const ids = open.map(({ _id }) => _id);
    await ask(() => commits.updateMany({ _id: { $in: ids } }, { $unset: { pending: '' } }));
  }
}

/** As `finish`, for every conversation that has something left. @returns how many had */
export async function finishAll(database: Database): Promise<number> {
  const open = await database.ask(() =>
    database.commits.find({ pending: true }, { conversation: 1 }).limit(pageCommits).lean(),
  );
  const conversations = new Set(open.map(({ conversation }) => conversation));
  for (const conversation of conversations) await finish(database, conversation);
  return conversations.size;
}
