import type { Clock } from '../../core/clock.ts';
import type { FileRow, Files } from '../files.ts';
import type { Database } from './database.ts';
import type { FileDocument } from './documents.ts';

const nothingKept = { type: null, bytes: null, sha256: null };

/** What is known of files, in MongoDB. */
export function createFiles({ ask, files, insert }: Database, clock: Clock): Files {
  return {
    async addKept({ media, channel, kept, at }) {
      const file = { _id: media.id, channel, media: JSON.stringify(media), attempts: 0, dueAt: 0 };
      await insert(files, [{ ...file, state: 'kept', touchedAt: at, ...kept, error: null }]);
    },
    async addRemote({ media, channel, conversation, at }) {
      const file = { _id: media.id, conversation, channel, media: JSON.stringify(media), attempts: 0 };
      const state = { state: 'remote' as const, dueAt: 0, touchedAt: at, error: null };
      await insert(files, [{ ...file, ...state, ...nothingKept }]);
    },
    async own(ids, conversation) {
      if (ids.length === 0) return;
      const nobodys = { _id: { $in: [...ids] }, conversation: { $exists: false } };
      await ask(() => files.updateMany(nobodys, { $set: { conversation } }));
    },
    async get(id) {
      const found = await ask(() => files.findById(id).lean());
      return found === null ? null : fileOf(found);
    },
    async ofConversation(conversation) {
      return (await ask(() => files.find({ conversation }).lean())).map(fileOf);
    },
    async take(conversation, now, leaseUntil) {
      const due = { state: 'remote' as const, dueAt: { $lte: now } };
      const found = await ask(() => files.find({ conversation, ...due }, { _id: 1 }).lean());
      const taken: FileRow[] = [];
      for (const { _id } of found) {
        const update = { $inc: { attempts: 1 }, $set: { dueAt: leaseUntil, touchedAt: now } };
        const mine = await ask(() =>
          files.findOneAndUpdate({ _id, ...due }, update, { returnDocument: 'after' }).lean(),
        );
        if (mine !== null) taken.push(fileOf(mine));
      }
      return taken;
    },
    async settle(id, result) {
      const touchedAt = clock.now();
      const set =
        result.kind === 'kept'
          ? { state: 'kept' as const, touchedAt, error: null, ...result.kept }
          : result.kind === 'failed'
            ? { state: 'failed' as const, touchedAt, error: result.error }
            : { dueAt: result.notBefore, touchedAt, error: result.error };
      await ask(() => files.updateOne({ _id: id, state: 'remote' }, { $set: set }));
    },
  };
}

function fileOf(file: FileDocument): FileRow {
  const { media, conversation = null, channel, state, attempts, type, bytes, sha256, error } = file;
  const kept = type === null || bytes === null || sha256 === null ? null : { type, bytes, sha256 };
  return { media: JSON.parse(media), conversation, channel, state, attempts, kept, error };
}
