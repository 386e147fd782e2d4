import { LRUCache } from 'lru-cache';
import { type Address, addressKey } from '../../core/message.ts';

/** Where visitors' conversations are: at their own address, or at the one it was joined to. */
export interface Homes {
  of(address: Address): Promise<Address>;
  /** Asks anew from now on: an address was joined to another, or is no longer. */
  forget(key: string): void;
}

/** A lost hint shows a visitor the conversations of their other address this much later. */
const rememberedMs = 15_000;
const maxRemembered = 20_000;

/**
 * Asks whose an address is, and remembers who is joined to nobody: nearly everybody, at every look at their news. Where it
 * is another's that is asked every time, so that whoever was parted from it sees nothing more of it.
 * @param ownerOf whose conversations an address's are
 */
export function createHomes(ownerOf: (address: Address) => Promise<Address>): Homes {
  const own = new LRUCache<string, true>({ max: maxRemembered, ttl: rememberedMs });
  const asked = new Map<string, Promise<Address>>();

  async function ask(address: Address, key: string): Promise<Address> {
    const asking = ownerOf(address);
    asked.set(key, asking);
    try {
      const home = await asking;
      if (asked.get(key) === asking && addressKey(home) === key) own.set(key, true);
      return home;
    } finally {
      if (asked.get(key) === asking) asked.delete(key);
    }
  }

  return {
    async of(address) {
      const key = addressKey(address);
      return own.has(key) ? address : await (asked.get(key) ?? ask(address, key));
    },
    forget(key) {
      own.delete(key);
      asked.delete(key);
    },
  };
}
