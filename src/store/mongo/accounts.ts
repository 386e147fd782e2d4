import type { Clock } from '../../core/clock.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Accounts, User } from '../accounts.ts';
import type { Database } from './database.ts';
import type { UserDocument } from './documents.ts';

const firstRank = 'first';

/** Users, sessions and tokens, in MongoDB. */
export function createAccounts({ ask, users, sessions, tokens, insert }: Database, clock: Clock): Accounts {
  async function add(
    { id, email, name, role, passwordHash, disabled }: User,
    rank: string,
  ): Promise<boolean> {
    const user = { _id: id, email: email.toLowerCase(), name, role, passwordHash, disabled, rank };
    return await insert(users, [user]);
  }

  return {
    userCount: () => ask(() => users.countDocuments({})),
    async addUser(user) {
      if (await add(user, user.id)) return true;
      if ((await ask(() => users.exists({ email: user.email.toLowerCase() }))) !== null) return false;
      throw new RelevoError('store_failed', 'a user with this id is there already', {
        hint: 'Give every user an id of their own.',
      });
    },
    async addFirstUser(user) {
      if ((await ask(() => users.exists({}))) !== null) return false;
      return await add(user, firstRank);
    },
    async userByEmail(email) {
      const found = await ask(() => users.findOne({ email: email.toLowerCase() }).lean());
      return found === null ? null : userOf(found);
    },
    async users() {
      return (await ask(() => users.find({}).sort({ name: 1 }).lean())).map(userOf);
    },
    async addSession({ hash, user, expiresAt }) {
      await ask(() => sessions.deleteMany({ expiresAt: { $lte: clock.now() } }));
      await insert(sessions, [{ _id: hash, user, expiresAt }]);
    },
    async sessionUser(hash, now) {
      const session = await ask(() => sessions.findById(hash).lean());
      if (session === null || session.expiresAt <= now) return null;
      const found = await ask(() => users.findById(session.user).lean());
      return found === null || found.disabled ? null : userOf(found);
    },
    async endSession(hash) {
      await ask(() => sessions.deleteOne({ _id: hash }));
    },
    async addToken({ hash, name, role, createdAt }) {
      await insert(tokens, [{ _id: hash, name, role, createdAt }]);
    },
    async token(hash) {
      const found = await ask(() => tokens.findById(hash).lean());
      return found === null ? null : { name: found.name, role: found.role };
    },
  };
}

function userOf({ _id, email, name, role, passwordHash, disabled }: UserDocument): User {
  return { id: _id, email, name, role, passwordHash, disabled };
}
