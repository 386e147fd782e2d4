import type { MissedConversation } from '../../core/missed.ts';
import type { LogCursor } from '../conversation-log.ts';
import { type Missed, newestMissed } from '../missed.ts';
import type { Database } from './database.ts';
import type { MissedDocument } from './documents.ts';
import { keepLater } from './later-rows.ts';

const placeName = 'log';

/** Questions that the bot did not settle, in MongoDB. */
export function createMissed({ ask, missed, missedPlaces, insert }: Database): Missed {
  /** @returns false when somebody else did meanwhile */
  async function movePlace(place: LogCursor, revision: number, changes: number): Promise<boolean> {
    const document = JSON.stringify(place);
    if (revision === 0)
      return await insert(missedPlaces, [{ _id: placeName, document, revision: 1, changes }]);
    const next = { $set: { document }, $inc: { revision: 1, changes } };
    const done = await ask(() => missedPlaces.updateOne({ _id: placeName, revision }, next));
    return done.matchedCount > 0;
  }

  return {
    async place() {
      const found = await ask(() => missedPlaces.findById(placeName).lean());
      return {
        place: found?.document === undefined ? null : JSON.parse(found.document),
        revision: found?.revision ?? 0,
        changes: found?.changes ?? 0,
      };
    },
    async of(conversations) {
      const found = await ask(() => missed.find({ _id: { $in: [...conversations] } }).lean());
      return found.map(({ document }) => JSON.parse(document));
    },
    async save(found, place, revision) {
      // Kept before the place moves: what is kept twice is the same, what is not kept would be missing.
      await keepLater({ ask, insert }, missed, found.map(rowOf));
      const changes = found.length > 0 ? 1 : 0;
      if (await movePlace(place, revision, changes)) return true;
      // It is kept all the same: whoever tries again finds it there, and would tell of no change.
      if (changes > 0) await ask(() => missedPlaces.updateOne({ _id: placeName }, { $inc: { changes } }));
      return false;
    },
    async since(from, limit) {
      const found = await ask(() =>
        missed
          .find({ newestAt: { $gte: from } })
          .sort({ newestAt: -1, _id: 1 })
          .limit(limit)
          .lean(),
      );
      return found.map(({ document }) => JSON.parse(document));
    },
    async forget() {
      const next = { $unset: { document: 1 as const }, $inc: { revision: 1, changes: 1 } };
      await ask(() => missedPlaces.updateOne({ _id: placeName }, next));
      await ask(() => missed.deleteMany({}));
    },
  };
}

function rowOf(one: MissedConversation): MissedDocument {
  const newestAt = newestMissed(one);
  const row = { _id: one.conversation, seq: one.seq, document: JSON.stringify(one) };
  return newestAt === null ? row : { ...row, newestAt };
}
