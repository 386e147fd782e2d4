import type { Quarantine } from '../quarantine.ts';
import type { Database } from './database.ts';

/** Unreadable payloads, in MongoDB. A NUL is kept as U+2400 and half a surrogate pair as U+FFFD, as in every store. */
export function createQuarantine({ ask, quarantine, insert }: Database): Quarantine {
  return {
    async add({ key, channel, at, reason, raw }) {
      const text = raw.replaceAll('\0', '\u2400').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
      const characters = [...text].length;
      await insert(quarantine, [{ _id: key, channel, at, reason, raw: text, characters }]);
    },
    async list(limit) {
      const found = await ask(() =>
        quarantine
          .find({}, { channel: 1, at: 1, reason: 1, characters: 1 })
          .sort({ at: -1, _id: 1 })
          .limit(limit)
          .lean(),
      );
      return found.map(({ _id, channel, at, reason, characters }) => ({
        key: _id,
        channel,
        at,
        reason,
        characters,
      }));
    },
    async get(key) {
      const found = await ask(() => quarantine.findById(key).lean());
      if (found === null) return null;
      const { channel, at, reason, raw } = found;
      return { key, channel, at, reason, raw };
    },
    async drop(key) {
      return (await ask(() => quarantine.deleteOne({ _id: key }))).deletedCount > 0;
    },
    count: () => ask(() => quarantine.countDocuments({})),
  };
}
