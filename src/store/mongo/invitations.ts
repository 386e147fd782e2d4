import type { Invitations } from '../invitations.ts';
import type { Database } from './database.ts';

/** One-time links into calls, in MongoDB. */
export function createInvitations({ ask, invitations, insert }: Database): Invitations {
  const read = (found: { readonly document: string } | null) =>
    found === null ? null : JSON.parse(found.document);
  return {
    byCode: async (codeHash) => read(await ask(() => invitations.findOne({ codeHash }).lean())),
    byId: async (id) => read(await ask(() => invitations.findById(id).lean())),
    byRoom: async (room) => read(await ask(() => invitations.findOne({ room }).lean())),
    async put(invitation) {
      const { id, codeHash, room, version } = invitation;
      const rest = { version, document: JSON.stringify(invitation) };
      if (version === 1) return await insert(invitations, [{ _id: id, codeHash, room, ...rest }]);
      const done = await ask(() => invitations.updateOne({ _id: id, version: version - 1 }, { $set: rest }));
      return done.matchedCount > 0;
    },
  };
}
