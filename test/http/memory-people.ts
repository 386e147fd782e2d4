import { addressKey } from '../../src/core/message.ts';
import type { Joined, People } from '../../src/store/people.ts';

/** Who is the same person, in memory: one joined to one, and no further. */
export function createMemoryPeople(): Pick<People, 'join' | 'part' | 'joinedTo' | 'resolve'> {
  const joined = new Map<string, Joined>();
  return {
    resolve: async (address) => joined.get(addressKey(address))?.to ?? address,
    async join(one) {
      const key = addressKey(one.address);
      if (joined.has(key) || key === addressKey(one.to)) return false;
      joined.set(key, one);
      return true;
    },
    part: async (address) => joined.delete(addressKey(address)),
    joinedTo: async (to) => [...joined.values()].filter((one) => addressKey(one.to) === addressKey(to)),
  };
}
