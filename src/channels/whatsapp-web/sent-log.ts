import { z } from 'zod';
import type { Inlet } from '../channel.ts';

/** How many ids of each customer are known: more than are looked through. */
const kept = 30;

const list = z.array(z.string());

/** Which messages of ours are known to have gone out: none of them can be one that was lost sight of. */
export interface SentLog {
  note(user: string, externalId: string): Promise<void>;
  /** The newest ids, of any of our messages to somebody. */
  of(user: string): Promise<readonly string[]>;
}

/** Makes it. @param account our own number */
export function createSentLog(memory: Pick<Inlet, 'cursor' | 'saveCursor'>, account: string): SentLog {
  const keyOf = (user: string) => `sent/${account}/${user}`;

  async function of(user: string): Promise<readonly string[]> {
    const text = await memory.cursor(keyOf(user));
    return text === null ? [] : list.parse(JSON.parse(text));
  }

  return {
    of,
    async note(user, externalId) {
      const ids = [...(await of(user)), externalId].slice(-kept);
      await memory.saveCursor(keyOf(user), JSON.stringify(ids));
    },
  };
}
