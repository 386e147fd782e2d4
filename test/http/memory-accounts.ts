import type { Accounts, Joiner, Session, Token, User } from '../../src/store/accounts.ts';

/** Accounts that live as long as their object. */
export function createMemoryAccounts(): Accounts {
  const users: User[] = [];
  const sessions = new Map<string, Session>();
  const tokens = new Map<string, Token>();
  const joiners = new Map<string, Joiner>();
  const tries = new Map<string, { count: number; until: number }>();
  const add = (user: User) => {
    const taken = users.some(({ email }) => email === user.email);
    if (!taken) users.push(user);
    return !taken;
  };
  return {
    userCount: async () => users.length,
    addUser: async (user) => add(user),
    addFirstUser: async (user) => users.length === 0 && add(user),
    userByEmail: async (email) => users.find((user) => user.email === email.toLowerCase()) ?? null,
    userByIdentity: async (identity) => users.find((user) => user.identity === identity) ?? null,
    users: async () => [...users],
    async changeUser(id, { brands, ...change }) {
      const place = users.findIndex((one) => one.id === id);
      const before = users[place];
      if (before === undefined) return null;
      const { brands: known, ...others } = before;
      const now = brands === undefined ? known : (brands ?? undefined);
      const after = { ...others, ...change, ...(now === undefined ? {} : { brands: now }) };
      users[place] = after;
      return { before, after };
    },
    async replaceIdentity(id, seen, identity) {
      const place = users.findIndex((one) => one.id === id && (one.identity ?? null) === seen);
      const user = users[place];
      const taken = users.some((one) => one.id !== id && one.identity === identity && identity !== null);
      if (user === undefined || taken) return false;
      const { identity: _, ...others } = user;
      users[place] = identity === null ? others : { ...others, identity };
      return true;
    },
    async addSession({ createdAt = 0, device = '', ...session }) {
      sessions.set(session.hash, { ...session, createdAt, seenAt: createdAt, device });
    },
    async sessionUser(hash, now) {
      const session = sessions.get(hash);
      if (session === undefined || session.expiresAt <= now) return null;
      return users.find(({ id, disabled }) => id === session.user && !disabled) ?? null;
    },
    async sessions(now, user) {
      return [...sessions.values()]
        .filter((one) => one.expiresAt > now && (user === undefined || one.user === user))
        .sort((a, b) => b.seenAt - a.seenAt || (a.hash < b.hash ? -1 : 1));
    },
    async sawSession(hash, at) {
      const session = sessions.get(hash);
      if (session !== undefined) sessions.set(hash, { ...session, seenAt: at });
    },
    endSession: async (hash) => void sessions.delete(hash),
    async endSessions(user, except) {
      const theirs = [...sessions.values()].filter((one) => one.user === user && one.hash !== except);
      for (const { hash } of theirs) sessions.delete(hash);
      return theirs.length;
    },
    async addToken({ expiresAt = null, ...token }) {
      tokens.set(token.hash, { ...token, expiresAt, usedAt: null });
    },
    token: async (hash) => tokens.get(hash) ?? null,
    tokens: async () => [...tokens.values()].sort((a, b) => b.createdAt - a.createdAt),
    async usedToken(hash, at) {
      const token = tokens.get(hash);
      if (token !== undefined) tokens.set(hash, { ...token, usedAt: at });
    },
    removeToken: async (hash) => tokens.delete(hash),
    joiners: async () => [...joiners.values()].sort((a, b) => b.createdAt - a.createdAt),
    putJoiner: async (joiner) => void joiners.set(joiner.id, joiner),
    joinerByHash: async (hash) => [...joiners.values()].find((one) => one.hash === hash) ?? null,
    removeJoiner: async (id) => joiners.delete(id),
    async takeTry(key, now, { max, windowMs }) {
      const known = tries.get(key);
      if (known === undefined || known.until <= now) {
        tries.set(key, { count: 1, until: now + windowMs });
        return 0;
      }
      if (known.count >= max) return known.until - now;
      known.count += 1;
      return 0;
    },
    async giveBackTry(key) {
      const known = tries.get(key);
      if (known !== undefined) known.count = Math.max(0, known.count - 1);
    },
  };
}
