import type { Tries } from '../accounts.ts';
import type { Database } from './database.ts';

/** Tries, in MongoDB: each step changes one document that is as it should be, or none. */
export function createTries({ ask, tries, insert }: Database): Tries {
  return {
    async takeTry(key, now, { max, windowMs }) {
      await ask(() => tries.deleteMany({ until: { $lte: now } }));
      for (;;) {
        const counted = await ask(() =>
          tries.updateOne({ _id: key, until: { $gt: now }, count: { $lt: max } }, { $inc: { count: 1 } }),
        );
        if (counted.modifiedCount > 0) return 0;
        if (await insert(tries, [{ _id: key, count: 1, until: now + windowMs }])) return 0;
        const known = await ask(() => tries.findById(key).lean());
        if (known === null) continue;
        if (known.count >= max && known.until > now) return known.until - now;
      }
    },
    async giveBackTry(key) {
      await ask(() => tries.updateOne({ _id: key, count: { $gt: 0 } }, { $inc: { count: -1 } }));
    },
  };
}
