import type { Joiner, Joiners } from '../accounts.ts';
import type { Database } from './database.ts';
import type { JoinerTable } from './tables.ts';

/** Those asked to join, in PostgreSQL. */
export function createJoiners({ ask }: Database): Joiners {
  return {
    async joiners() {
      const rows = await ask((db) =>
        db.selectFrom('joiners').selectAll().orderBy('created_at', 'desc').orderBy('id').execute(),
      );
      return rows.map(joinerOf);
    },
    async putJoiner({ id, hash, email, name, role, brands, by, createdAt, expiresAt }) {
      const row: JoinerTable = {
        id,
        hash,
        email: email.toLowerCase(),
        name,
        role,
        brands: brands === undefined ? null : [...brands],
        by,
        created_at: createdAt,
        expires_at: expiresAt,
      };
      await ask((db) =>
        db
          .insertInto('joiners')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute(),
      );
    },
    async joinerByHash(hash) {
      const row = await ask((db) =>
        db.selectFrom('joiners').selectAll().where('hash', '=', hash).executeTakeFirst(),
      );
      return row === undefined ? null : joinerOf(row);
    },
    async removeJoiner(id) {
      const removed = await ask((db) =>
        db.deleteFrom('joiners').where('id', '=', id).returning('id').execute(),
      );
      return removed.length > 0;
    },
  };
}

function joinerOf({ brands, created_at: createdAt, expires_at: expiresAt, ...row }: JoinerTable): Joiner {
  return { ...row, ...(brands === null ? {} : { brands }), createdAt, expiresAt };
}
