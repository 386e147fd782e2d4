import type { Accounts, Role, User } from '../../src/store/accounts.ts';

/** Accounts that live as long as their object. */
export function createMemoryAccounts(): Accounts {
  const users: User[] = [];
  const sessions = new Map<string, { user: string; expiresAt: number }>();
  const tokens = new Map<string, { name: string; role: Role }>();
  const add = (user: User) => {
    const taken = users.some(({ email }) => email === user.email);
    if (!taken) users.push(user);
    return !taken;
  };
  return {
    userCount: async () => users.length,
    addUser: async (user) => add(user),
    addFirstUser: async (user) => users.length === 0 && add(user),
    userByEmail: async (email) => users.find((user) => user.email === email) ?? null,
    users: async () => [...users],
    addSession: async ({ hash, user, expiresAt }) => void sessions.set(hash, { user, expiresAt }),
    async sessionUser(hash, now) {
      const session = sessions.get(hash);
      if (session === undefined || session.expiresAt <= now) return null;
      return users.find(({ id, disabled }) => id === session.user && !disabled) ?? null;
    },
    endSession: async (hash) => void sessions.delete(hash),
    addToken: async ({ hash, name, role }) => void tokens.set(hash, { name, role }),
    token: async (hash) => tokens.get(hash) ?? null,
  };
}
