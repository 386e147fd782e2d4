import type { Cursors } from '../cursors.ts';
import type { Database } from './database.ts';

/** What channels and desks remember, in MongoDB. */
export function createCursors({ ask, cursors, insert }: Database): Cursors {
  return {
    async get(name) {
      const found = await ask(() => cursors.findById(name).lean());
      return found?.value ?? null;
    },
    async set(name, value) {
      if (await insert(cursors, [{ _id: name, value }])) return;
      await ask(() => cursors.updateOne({ _id: name }, { $set: { value } }));
    },
    async replace(name, from, to) {
      if (from === null) return await insert(cursors, [{ _id: name, value: to }]);
      const done = await ask(() => cursors.updateOne({ _id: name, value: from }, { $set: { value: to } }));
      return done.matchedCount > 0;
    },
  };
}
