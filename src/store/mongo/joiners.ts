import type { Joiner, Joiners } from '../accounts.ts';
import type { Database } from './database.ts';
import type { JoinerDocument } from './documents.ts';

/** Those asked to join, in MongoDB. */
export function createJoiners({ ask, joiners }: Database): Joiners {
  return {
    async joiners() {
      return (await ask(() => joiners.find({}).sort({ createdAt: -1, _id: 1 }).lean())).map(joinerOf);
    },
    async putJoiner({ id, brands, email, ...joiner }) {
      const bound = brands === undefined ? {} : { brands: [...brands] };
      const document = { ...joiner, email: email.toLowerCase(), ...bound };
      await ask(() => joiners.replaceOne({ _id: id }, document, { upsert: true }));
    },
    async joinerByHash(hash) {
      const found = await ask(() => joiners.findOne({ hash }).lean());
      return found === null ? null : joinerOf(found);
    },
    async removeJoiner(id) {
      return (await ask(() => joiners.deleteOne({ _id: id }))).deletedCount > 0;
    },
  };
}

function joinerOf({ _id, brands, ...document }: JoinerDocument): Joiner {
  const { hash, email, name, role, by, createdAt, expiresAt } = document;
  const bound = brands == null ? {} : { brands };
  return { id: _id, hash, email, name, role, ...bound, by, createdAt, expiresAt };
}
