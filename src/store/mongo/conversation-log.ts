import type { Logger } from 'pino';
import type { Commit } from '../../core/event.ts';
import { addressKey } from '../../core/message.ts';
import type { ConversationLog, Snapshot } from '../conversation-log.ts';
import { appendCommit } from './append.ts';
import { caughtUp, type Folded } from './catch-up.ts';
import { commitOf, keyText } from './commit-document.ts';
import { nextOf } from './counters.ts';
import type { Database } from './database.ts';

/** The logs of all conversations, in MongoDB. */
export function createConversationLog(database: Database, log: Logger): ConversationLog {
  const { ask, commits, conversations } = database;

  async function read(conversation: string, afterSeq: number, limit: number): Promise<Commit[]> {
    const found = await ask(() =>
      commits
        .find({ conversation, seq: { $gt: afterSeq } })
        .sort({ seq: 1 })
        .limit(limit)
        .lean(),
    );
    return found.map(commitOf);
  }

  return {
    async load(conversation) {
      const model = await ask(() => conversations.findById(conversation).lean());
      return snapshot(await caughtUp(database, conversation, model));
    },
    async newest(address) {
      const model = await ask(() =>
        conversations
          .findOne({ address: addressKey(address) })
          .sort({ ordinal: -1 })
          .lean(),
      );
      return model === null ? null : snapshot(await caughtUp(database, model._id, model));
    },
    nextNumber: () => nextOf(database, 'conversations'),
    append: (commit, after) => appendCommit(database, log, commit, after),
    async findKey(key) {
      const found = await ask(() =>
        commits.findOne({ key: keyText(key) }, { conversation: 1, seq: 1 }).lean(),
      );
      return found === null ? null : { conversation: found.conversation, seq: found.seq };
    },
    commits: read,
    async history(address, after, limit) {
      const from = { address: addressKey(address), ordinal: { $gte: after?.ordinal ?? 0 } };
      const models = await ask(() => conversations.find(from, { ordinal: 1 }).sort({ ordinal: 1 }).lean());
      const found: { ordinal: number; commit: Commit }[] = [];
      for (const { _id, ordinal } of models) {
        if (found.length >= limit) break;
        const seq = after !== null && ordinal === after.ordinal ? after.seq : 0;
        const page = await read(_id, seq, limit - found.length);
        found.push(...page.map((commit) => ({ ordinal, commit })));
      }
      return found;
    },
    async recent(address, limit) {
      const models = await ask(() =>
        conversations
          .find({ address: addressKey(address) }, { ordinal: 1 })
          .sort({ ordinal: -1 })
          .lean(),
      );
      const found: { ordinal: number; commit: Commit }[] = [];
      for (const { _id, ordinal } of models) {
        if (found.length >= limit) break;
        const page = await ask(() =>
          commits
            .find({ conversation: _id })
            .sort({ seq: -1 })
            .limit(limit - found.length)
            .lean(),
        );
        found.push(...page.map((one) => ({ ordinal, commit: commitOf(one) })));
      }
      return found.reverse();
    },
    async since({ at, conversation, seq }, until, limit) {
      const after = [
        { at: { $gt: at, $lt: until } },
        { at, conversation: { $gt: conversation } },
        { at, conversation, seq: { $gt: seq } },
      ];
      if (at >= until) return [];
      const found = await ask(() =>
        commits.find({ $or: after }).sort({ at: 1, conversation: 1, seq: 1 }).limit(limit).lean(),
      );
      return found.map(commitOf);
    },
  };
}

function snapshot(folded: Folded | null): Snapshot | null {
  return folded === null ? null : { state: folded.state, seq: folded.seq };
}
