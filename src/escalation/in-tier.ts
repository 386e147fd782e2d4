import type { Agent } from '../core/conversation.ts';
import type { Tier } from '../core/rules.ts';
import type { Accounts } from '../store/store.ts';

/** Tells whether somebody works in a tier: by their name, or by the e-mail with which they sign in. */
export function createInTier(accounts: Pick<Accounts, 'users'>) {
  return async ({ id, name }: Agent, { members }: Tier): Promise<boolean> => {
    if (members === undefined || members.includes(name.trim().toLowerCase())) return true;
    const user = (await accounts.users()).find((one) => one.id === id);
    return user !== undefined && members.includes(user.email.toLowerCase());
  };
}
