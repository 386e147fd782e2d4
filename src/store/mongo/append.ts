import type { Logger } from 'pino';
import type { Conversation } from '../../core/conversation.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Commit } from '../../core/event.ts';
import { turnAfter } from '../postgres/model.ts';
import { finish } from './catch-up.ts';
import { commitId, documentOf, effectsOfCommit, keyText } from './commit-document.ts';
import type { Database } from './database.ts';
import type { CommitDocument } from './documents.ts';
import { isDuplicate } from './faults.ts';
import { modelOf, replacing } from './model.ts';
import { assertStorable } from './storable.ts';

/** What follows from a commit may wait: whoever meets its mark writes it. */
const soon = { writeConcern: { w: 1 } } as const;

/**
 * Stores a commit: one document, in one insert, under its own `_id` and its key. What follows from it (effects, read
 * model) is written after it, and a mark in the commit says until then that it is not: a process that dies in between
 * leaves the mark for the sweeper.
 * A connection that breaks meanwhile leaves open whether it was stored: then the insert is done once more, and when it
 * finds the place taken, the log is asked by whom.
 * @throws RelevoError `store_unreachable`: stored or not, and the caller may repeat it; `text_not_storable`: nothing was stored
 */
export async function appendCommit(
  database: Database,
  log: Logger,
  commit: Commit,
  after: Conversation,
): Promise<'stored' | 'conflict' | 'repeated'> {
  assertStorable(commit);
  const { conversation, seq, key } = commit;
  const document: CommitDocument = { ...documentOf(commit), pending: true };
  const result = await insertOnce(database, document);
  if (result === 'stored') {
    await follow(database, log, commit, after);
    return 'stored';
  }
  // Whoever was first may have died before anybody could see what they stored: then this one would never get on.
  if (key !== null) {
    const known = await database.ask(() => database.commits.findOne({ key: keyText(key) }).lean());
    if (known !== null) {
      if (known.pending) await finish(database, known.conversation);
      return 'repeated';
    }
  }
  if (seq > 0) await finish(database, conversation);
  return 'conflict';
}

async function insertOnce(database: Database, document: CommitDocument): Promise<'stored' | 'taken'> {
  const { _id, conversation, seq } = document;
  const { ask, commits } = database;
  for (let interrupted = false; ; interrupted = true) {
    try {
      // Nothing is ever removed from the log: what is there now is there when the insert comes.
      if (seq !== 1 && (await ask(() => commits.exists({ _id: commitId(conversation, seq - 1) }))) === null)
        return 'taken';
      await ask(async () => {
        try {
          await commits.collection.insertOne(document as never);
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          throw new RelevoError('taken', 'the place or the key is taken', { cause: error });
        }
      });
      return 'stored';
    } catch (error) {
      if (!(error instanceof RelevoError)) throw error;
      if (error.code === 'taken') {
        if (!interrupted) return 'taken';
        const there = await ask(() => commits.findById(_id).lean());
        const same =
          there !== null &&
          there.key === document.key &&
          there.at === document.at &&
          there.body === document.body;
        return same ? 'stored' : 'taken';
      }
      if (error.code !== 'store_unreachable' || interrupted) throw error;
    }
  }
}

/** Writes what follows from a stored commit. It is stored whatever happens here: what fails is left to the sweeper. */
async function follow(database: Database, log: Logger, commit: Commit, after: Conversation): Promise<void> {
  const { ask, commits, effects } = database;
  try {
    const [, written] = await Promise.all([
      commit.effects.length === 0 ? true : database.insert(effects, effectsOfCommit(commit, false)),
      writeNext(database, commit, after),
    ]);
    if (!written) return await finish(database, commit.conversation);
    const _id = commitId(commit.conversation, commit.seq);
    await ask(() => commits.updateOne({ _id }, { $unset: { pending: '' } }, soon));
  } catch (error) {
    log.warn({ err: error, conversation: commit.conversation }, 'a stored commit waits for the sweeper');
  }
}

/** Moves the read model one step on. @returns false when it stands elsewhere than before this commit */
async function writeNext(database: Database, commit: Commit, after: Conversation): Promise<boolean> {
  const turn = turnAfter(commit, after);
  const model = { ...modelOf(after, commit.seq), ...(turn === 'new' ? { turnAt: commit.at } : {}) };
  if (commit.seq === 1) {
    const first = turn === 'still' ? { ...model, turnAt: commit.at } : model;
    return await database.insert(database.conversations, [first]);
  }
  const update =
    turn === 'still' ? { ...replacing(model, 'turnAt'), $min: { turnAt: commit.at } } : replacing(model);
  const before = { _id: commit.conversation, seq: commit.seq - 1 };
  const done = await database.ask(() => database.conversations.updateOne(before, update, soon));
  return done.matchedCount > 0;
}
