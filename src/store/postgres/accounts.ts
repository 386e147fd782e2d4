import { type Insertable, type Kysely, sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Accounts, User } from '../accounts.ts';
import type { Database } from './database.ts';
import type { Tables, UserTable } from './tables.ts';

/** Users, sessions and tokens, in PostgreSQL. */
export function createAccounts({ ask }: Database, clock: Clock): Accounts {
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
    async users() {
      const rows = await ask((db) => db.selectFrom('users').selectAll().orderBy('name').execute());
      return rows.map(userOf);
    },
    async addSession({ hash, user, expiresAt }) {
      await ask((db) => db.deleteFrom('sessions').where('expires_at', '<=', clock.now()).execute());
      await ask((db) => db.insertInto('sessions').values({ hash, user, expires_at: expiresAt }).execute());
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
    async endSession(hash) {
      await ask((db) => db.deleteFrom('sessions').where('hash', '=', hash).execute());
    },
    async addToken({ hash, name, role, createdAt }) {
      await ask((db) =>
        db.insertInto('tokens').values({ hash, name, role, created_at: createdAt }).execute(),
      );
    },
    async token(hash) {
      const row = await ask((db) =>
        db.selectFrom('tokens').select(['name', 'role']).where('hash', '=', hash).executeTakeFirst(),
      );
      return row ?? null;
    },
  };
}

async function insertUser(db: Kysely<Tables>, user: User): Promise<boolean> {
  const row: Insertable<UserTable> = {
    id: user.id,
    email: user.email.toLowerCase(),
    name: user.name,
    role: user.role,
    password_hash: user.passwordHash,
    disabled: user.disabled,
  };
  const added = await db
    .insertInto('users')
    .values(row)
    .onConflict((conflict) => conflict.constraint('users_email').doNothing())
    .returning('id')
    .execute();
  return added.length > 0;
}

function userOf(row: UserTable): User {
  const { id, email, name, role, password_hash: passwordHash, disabled } = row;
  return { id, email, name, role, passwordHash, disabled };
}
