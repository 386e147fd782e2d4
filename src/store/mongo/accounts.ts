import type { Clock } from '../../core/clock.ts';
import { RelevoError } from '../../core/errors.ts';
import type { Accounts, Session, Sessions, Token, Tokens, User, Users } from '../accounts.ts';
import type { Database } from './database.ts';
import type { SessionDocument, TokenDocument, UserDocument } from './documents.ts';
import { isDuplicate } from './faults.ts';
import { createJoiners } from './joiners.ts';
import { createTries } from './tries.ts';

const firstRank = 'first';

/** Users, sessions, tokens, those asked to join and tries, in MongoDB. */
export function createAccounts(database: Database, clock: Clock): Accounts {
  return {
    ...createUsers(database),
    ...createSessions(database, clock),
    ...createTokens(database),
    ...createJoiners(database),
    ...createTries(database),
  };
}

function createUsers({ ask, users, insert }: Database): Users {
  async function add({ id, email, brands, identity, ...user }: User, rank: string): Promise<boolean> {
    const { name, role, passwordHash, disabled } = user;
    const known = identity === undefined ? {} : { identity };
    const bound = brands === undefined ? known : { ...known, brands: [...brands] };
    const document = { _id: id, email: email.toLowerCase(), name, role, passwordHash, disabled, rank };
    return await insert(users, [{ ...document, ...bound }]);
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
    async userByIdentity(identity) {
      const found = await ask(() => users.findOne({ identity }).lean());
      return found === null ? null : userOf(found);
    },
    async users() {
      return (await ask(() => users.find({}).sort({ name: 1 }).lean())).map(userOf);
    },
    async changeUser(id, { brands, ...fields }) {
      const set = { ...fields, ...(brands == null ? {} : { brands: [...brands] }) };
      const update = {
        ...(Object.keys(set).length === 0 ? {} : { $set: set }),
        ...(brands === null ? { $unset: { brands: '' as const } } : {}),
      };
      const before =
        Object.keys(update).length === 0
          ? await ask(() => users.findById(id).lean())
          : await ask(() => users.findOneAndUpdate({ _id: id }, update, { returnDocument: 'before' }).lean());
      if (before === null) return null;
      const { brands: known, ...others } = userOf(before);
      const now = brands === undefined ? known : (brands ?? undefined);
      const after = { ...others, ...fields, ...(now === undefined ? {} : { brands: now }) };
      return { before: userOf(before), after };
    },
    async replaceIdentity(id, seen, identity) {
      const known = { _id: id, identity: seen ?? { $exists: false } };
      const update = identity === null ? { $unset: { identity: '' as const } } : { $set: { identity } };
      const change = () =>
        users.updateOne(known, update).catch((error: unknown) => {
          if (isDuplicate(error)) return { matchedCount: 0 };
          throw error;
        });
      return (await ask(change)).matchedCount > 0;
    },
  };
}

function createSessions({ ask, users, sessions, insert }: Database, clock: Clock): Sessions {
  return {
    async addSession({ hash, user, expiresAt, createdAt = 0, device = '' }) {
      await ask(() => sessions.deleteMany({ expiresAt: { $lte: clock.now() } }));
      await insert(sessions, [{ _id: hash, user, expiresAt, createdAt, seenAt: createdAt, device }]);
    },
    async sessionUser(hash, now) {
      const session = await ask(() => sessions.findById(hash).lean());
      if (session === null || session.expiresAt <= now) return null;
      const found = await ask(() => users.findById(session.user).lean());
      return found === null || found.disabled ? null : userOf(found);
    },
    async sessions(now, user) {
      const wanted = { expiresAt: { $gt: now }, ...(user === undefined ? {} : { user }) };
      const found = await ask(() => sessions.find(wanted).sort({ seenAt: -1, _id: 1 }).lean());
      return found.map(sessionOf);
    },
    async sawSession(hash, at) {
      await ask(() => sessions.updateOne({ _id: hash }, { $set: { seenAt: at } }));
    },
    async endSession(hash) {
      await ask(() => sessions.deleteOne({ _id: hash }));
    },
    async endSessions(user, except = '') {
      return (await ask(() => sessions.deleteMany({ user, _id: { $ne: except } }))).deletedCount;
    },
  };
}

function createTokens({ ask, tokens, insert }: Database): Tokens {
  return {
    async addToken({ hash, name, role, createdAt, expiresAt = null }) {
      const until = expiresAt === null ? {} : { expiresAt };
      await insert(tokens, [{ _id: hash, name, role, createdAt, ...until }]);
    },
    async token(hash) {
      const found = await ask(() => tokens.findById(hash).lean());
      return found === null ? null : tokenOf(found);
    },
    async tokens() {
      return (await ask(() => tokens.find({}).sort({ createdAt: -1, _id: 1 }).lean())).map(tokenOf);
    },
    async usedToken(hash, at) {
      await ask(() => tokens.updateOne({ _id: hash }, { $set: { usedAt: at } }));
    },
    async removeToken(hash) {
      return (await ask(() => tokens.deleteOne({ _id: hash }))).deletedCount > 0;
    },
  };
}

function userOf({ _id, email, name, role, passwordHash, disabled, brands, identity }: UserDocument): User {
  const user = { id: _id, email, name, role, passwordHash, disabled };
  return { ...user, ...(brands == null ? {} : { brands }), ...(identity == null ? {} : { identity }) };
}

function sessionOf({ _id, user, expiresAt, ...document }: SessionDocument): Session {
  const { createdAt = 0, seenAt = 0, device = '' } = document;
  return { hash: _id, user, expiresAt, createdAt, seenAt, device };
}

function tokenOf({ _id, name, role, createdAt, expiresAt, usedAt }: TokenDocument): Token {
  return { hash: _id, name, role, createdAt, expiresAt: expiresAt ?? null, usedAt: usedAt ?? null };
}
