import type { Address } from '../core/message.ts';
import type { People } from '../store/people.ts';

/**
 * Whose addresses are one person's, within one company: what was joined before a channel became another company's holds no
 * longer.
 * @param brandOf the company whose customers write to an address, as relevo.yaml says now
 */
export function createBrandPeople(people: People, brandOf: (address: Address) => string | null): People {
  return {
    ...people,
    async resolve(address) {
      const owner = await people.resolve(address);
      return brandOf(owner) === brandOf(address) ? owner : address;
    },
    async join(joined) {
      return brandOf(joined.address) === brandOf(joined.to) && (await people.join(joined));
    },
  };
}
