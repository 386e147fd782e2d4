import { timingSafeEqual } from 'node:crypto';
import type { Ids } from '../core/ids.ts';
import { secretHash } from '../core/ids.ts';
import type { Accounts, User } from '../store/accounts.ts';

/** The one-time right to create the first administrator. */
export interface Setup {
  /** Prints into the link; only its hash is kept here. Null when there are users already. */
  readonly token: string | null;
  /** Creates the first user. */
  complete(token: string, makeUser: () => Promise<User>): Promise<'done' | 'wrong-token' | 'already-set-up'>;
}

/** @returns the setup of this start: its token is dead after use, and as soon as there is a user */
export async function createSetup(deps: { accounts: Accounts; ids: Ids }): Promise<Setup> {
  const { accounts, ids } = deps;
  const token = (await accounts.userCount()) === 0 ? `${ids.id()}${ids.id()}` : null;
  const hash = token === null ? null : Buffer.from(secretHash(token));
  return {
    token,
    async complete(offered, makeUser) {
      if ((await accounts.userCount()) > 0) return 'already-set-up';
      if (hash === null || !timingSafeEqual(hash, Buffer.from(secretHash(offered)))) return 'wrong-token';
      return (await accounts.addFirstUser(await makeUser())) ? 'done' : 'already-set-up';
    },
  };
}
