import { createLanes } from '../../core/lanes.ts';
import type { Inlet } from '../channel.ts';
import type { WebEvent } from './protocol.ts';

/** Knows people again, by whichever id the page shows. */
export interface Identities {
  /** The stable id of whoever did this: the same by phone number and by hidden id, once the page has told that both are one. */
  userOf(event: Pick<WebEvent, 'from' | 'lid' | 'phone'>): Promise<string>;
  /** The chat that somebody last wrote from: answers go there. */
  chatOf(user: string): Promise<string>;
}

/**
 * Makes the memory of who is who. Somebody's stable id is the first that was seen of them: by phone number where the page
 * knows it. Every id points at it (`alias/…`).
 * @param account our own number: hidden ids hold only for it
 */
export function createIdentities(memory: Pick<Inlet, 'cursor' | 'saveCursor'>, account: string): Identities {
  const lanes = createLanes();

  async function userOf(ids: readonly string[], from: string): Promise<string> {
    const known = await Promise.all(ids.map((id) => memory.cursor(`alias/${account}/${id}`)));
    const user = known.find((one) => one !== null) ?? ids[0] ?? from;
    for (const [index, id] of ids.entries()) {
      if (known[index] !== user) await memory.saveCursor(`alias/${account}/${id}`, user);
    }
    if ((await memory.cursor(`chat/${account}/${user}`)) !== from) {
      await memory.saveCursor(`chat/${account}/${user}`, from);
    }
    return user;
  }

  return {
    userOf({ from, lid, phone }) {
      const ids = [...new Set([phone, from, lid])].filter((id) => id !== undefined);
      // Two ids of one newcomer must not become two people.
      return lanes.runOnAll(ids, () => userOf(ids, from));
    },
    chatOf: async (user) => (await memory.cursor(`chat/${account}/${user}`)) ?? user,
  };
}
