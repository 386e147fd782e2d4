import { type Insertable, type Kysely, sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Accounts, Session, Sessions, Token, Tokens, User, Users } from '../accounts.ts';
import type { Database } from './database.ts';
import { isTaken } from './faults.ts';
import { createJoiners } from './joiners.ts';
import type { SessionTable, Tables, TokenTable, UserTable } from './tables.ts';
import { createTries } from './tries.ts';

/** Users, sessions, tokens, those asked to join and tries, in PostgreSQL. */
export function createAccounts(database: Database, clock: Clock): Accounts {
  return {
    ...createUsers(database),
    ...createSessions(database, clock),
    ...createTokens(database),
    ...createJoiners(database),
    ...createTries(database),
  };
}

function createUsers({ ask }: Database): Users {
  return {
    userCount: () =>
      ask(async (db) => {
        const { count } = await db
          .selectFrom('users')
          .select(sql<number>`count(*)`.as('count'))
          .executeTakeFirstOrThrow();
        return count;
      }),
    addUser: (user) => ask((db) => insertUser(db, user)),
    addFirstUser: (user) =>
      ask((kysely) =>
        kysely.transaction().execute(async (db) => {
          // Everybody else who adds a user waits here, so that none of them sees an empty table too.
          await sql`lock table relevo.users in share row exclusive mode`.execute(db);
          const found = await db.selectFrom('users').select('id').limit(1).executeTakeFirst();
          return found === undefined && (await insertUser(db, user));
        }),
      ),
    async userByEmail(email) {
      const row = await ask((db) =>
        db.selectFrom('users').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst(),
      );
      return row === undefined ? null : userOf(row);
    },
    async userByIdentity(identity) {
      const row = await ask((db) =>
        db.selectFrom('users').selectAll().where('identity', '=', identity).executeTakeFirst(),
      );
      return row === undefined ? null : userOf(row);
    },
    async users() {
      const rows = await ask((db) => db.selectFrom('users').selectAll().orderBy('name').execute());
      return rows.map(userOf);
    },
    changeUser: (id, { name, role, passwordHash, disabled, brands }) =>
      ask((kysely) =>
        kysely.transaction().execute(async (db) => {
          const before = await db
            .selectFrom('users')
            .selectAll()
            .where('id', '=', id)
            .forUpdate()
            .executeTakeFirst();
          if (before === undefined) return null;
          const after: UserTable = {
            ...before,
            name: name ?? before.name,
            role: role ?? before.role,
            password_hash: passwordHash ?? before.password_hash,
            disabled: disabled ?? before.disabled,
            brands: brands === undefined ? before.brands : brands && [...brands],
          };
          await db
            .updateTable('users')
            .set(rowOf(userOf(after)))
            .where('id', '=', id)
            .execute();
          return { before: userOf(before), after: userOf(after) };
        }),
      ),
    async replaceIdentity(id, seen, identity) {
      const changed = await ask((db) =>
        db
          .updateTable('users')
          .set({ identity })
          .where('id', '=', id)
          .where('identity', 'is not distinct from', seen)
          .returning('id')
          .execute()
          .catch((error: unknown) => {
            if (isTaken(error)) return [];
            throw error;
          }),
      );
      return changed.length > 0;
    },
  };
}

function createSessions({ ask }: Database, clock: Clock): Sessions {
  return {
    async addSession({ hash, user, expiresAt, createdAt = 0, device = '' }) {
      await ask((db) => db.deleteFrom('sessions').where('expires_at', '<=', clock.now()).execute());
      const times = { expires_at: expiresAt, created_at: createdAt, seen_at: createdAt };
      await ask((db) =>
        db
          .insertInto('sessions')
          .values({ hash, user, device, ...times })
          .execute(),
      );
    },
    async sessionUser(hash, now) {
      const row = await ask((db) =>
        db
          .selectFrom('sessions')
          .innerJoin('users', 'users.id', 'sessions.user')
          .selectAll('users')
          .where('sessions.hash', '=', hash)
          .where('sessions.expires_at', '>', now)
          .where('users.disabled', '=', false)
          .executeTakeFirst(),
      );
      return row === undefined ? null : userOf(row);
    },
    async sessions(now, user) {
      const rows = await ask((db) => {
        const living = db
          .selectFrom('sessions')
          .selectAll()
          .where('expires_at', '>', now)
          .orderBy('seen_at', 'desc')
          .orderBy('hash');
        return (user === undefined ? living : living.where('user', '=', user)).execute();
      });
      return rows.map(sessionOf);
    },
    async sawSession(hash, at) {
      await ask((db) => db.updateTable('sessions').set({ seen_at: at }).where('hash', '=', hash).execute());
    },
    async endSession(hash) {
      await ask((db) => db.deleteFrom('sessions').where('hash', '=', hash).execute());
    },
    async endSessions(user, except = '') {
      const ended = await ask((db) =>
        db
          .deleteFrom('sessions')
          .where('user', '=', user)
          .where('hash', '<>', except)
          .returning('hash')
          .execute(),
      );
      return ended.length;
    },
  };
}

function createTokens({ ask }: Database): Tokens {
  return {
    async addToken({ hash, name, role, createdAt, expiresAt = null }) {
      const times = { created_at: createdAt, expires_at: expiresAt, used_at: null };
      await ask((db) =>
        db
          .insertInto('tokens')
          .values({ hash, name, role, ...times })
          .execute(),
      );
    },
    async token(hash) {
      const row = await ask((db) =>
        db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst(),
      );
      return row === undefined ? null : tokenOf(row);
    },
    async tokens() {
      const rows = await ask((db) =>
        db.selectFrom('tokens').selectAll().orderBy('created_at', 'desc').orderBy('hash').execute(),
      );
      return rows.map(tokenOf);
    },
    async usedToken(hash, at) {
      await ask((db) => db.updateTable('tokens').set({ used_at: at }).where('hash', '=', hash).execute());
    },
    async removeToken(hash) {
      const removed = await ask((db) =>
        db.deleteFrom('tokens').where('hash', '=', hash).returning('hash').execute(),
      );
      return removed.length > 0;
    },
  };
}

async function insertUser(db: Kysely<Tables>, user: User): Promise<boolean> {
  const added = await db
    .insertInto('users')
    .values(rowOf(user))
    .onConflict((conflict) => conflict.constraint('users_email').doNothing())
    .returning('id')
    .execute();
  return added.length > 0;
}

function rowOf(user: User): Insertable<UserTable> {
  const { id, email, name, role, passwordHash, disabled, brands, identity = null } = user;
  return {
    id,
    email: email.toLowerCase(),
    name,
    role,
    password_hash: passwordHash,
    disabled,
    brands: brands === undefined ? null : [...brands],
    identity,
  };
}

function userOf(row: UserTable): User {
  const { id, email, name, role, password_hash: passwordHash, disabled, brands, identity } = row;
  const user = { id, email, name, role, passwordHash, disabled };
  return { ...user, ...(brands === null ? {} : { brands }), ...(identity === null ? {} : { identity }) };
}

function sessionOf(row: SessionTable): Session {
  const { hash, user, expires_at: expiresAt, created_at: createdAt, seen_at: seenAt, device } = row;
  return { hash, user, expiresAt, createdAt, seenAt, device };
}

function tokenOf(row: TokenTable): Token {
  const { hash, name, role, created_at: createdAt, expires_at: expiresAt, used_at: usedAt } = row;
  return { hash, name, role, createdAt, expiresAt, usedAt };
}
