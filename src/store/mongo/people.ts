import { type Address, addressKey } from '../../core/message.ts';
import type { Joined, People } from '../people.ts';
import type { Database } from './database.ts';

/** A chain longer than this can only be a circle. */
const longestChain = 20;

/**
 * Who is the same person, in MongoDB. An address points at its person's first one. While two people are being made one,
 * some may still point at an address that points on: whoever asks goes on to the end.
 */
export function createPeople({ ask, people, joinCodes, insert }: Database): People {
  async function resolve(address: Address): Promise<Address> {
    let found = address;
    for (let steps = 0; steps < longestChain; steps++) {
      const id = addressKey(found);
      const next = await ask(() => people.findById(id).lean());
      if (next === null) return found;
      found = joinedOf(next).to;
    }
    return found;
  }

  async function point(joined: Joined): Promise<void> {
    const { address, to, at } = joined;
    const rest = { document: JSON.stringify(joined), joinedTo: addressKey(to), at };
    if (await insert(people, [{ _id: addressKey(address), ...rest }])) return;
    await ask(() => people.updateOne({ _id: addressKey(address) }, { $set: rest }));
  }

  return {
    resolve,
    async join({ address, to, at, by }) {
      const [from, person] = await Promise.all([resolve(address), resolve(to)]);
      const key = addressKey(person);
      if (addressKey(from) === key) return false;
      await point({ address: from, to: person, at, by });
      const others = await ask(() => people.find({ joinedTo: addressKey(from) }).lean());
      for (const { _id, ...other } of others) {
        const document = JSON.stringify({ ...joinedOf(other), to: person });
        await ask(() =>
          people.updateOne({ _id, joinedTo: addressKey(from) }, { $set: { document, joinedTo: key } }),
        );
      }
      return true;
    },
    async part(address) {
      return (await ask(() => people.deleteOne({ _id: addressKey(address) }))).deletedCount > 0;
    },
    async joinedTo(address) {
      const found = await ask(() =>
        people
          .find({ joinedTo: addressKey(address) })
          .sort({ at: 1, _id: 1 })
          .lean(),
      );
      return found.map(joinedOf);
    },
    async offerCode({ hash, address, until }) {
      const _id = addressKey(address);
      const rest = { hash, document: JSON.stringify(address), until };
      if (await insert(joinCodes, [{ _id, ...rest }])) return;
      await ask(() => joinCodes.updateOne({ _id }, { $set: rest }));
    },
    async takeCode(hash, now) {
      const found = await ask(() => joinCodes.findOne({ hash }).lean());
      if (found === null) return null;
      const { _id, document, until } = found;
      const { deletedCount } = await ask(() => joinCodes.deleteOne({ _id, hash }));
      return deletedCount === 0 || until < now ? null : JSON.parse(document);
    },
  };
}

function joinedOf({ document }: { readonly document: string }): Joined {
  return JSON.parse(document);
}
