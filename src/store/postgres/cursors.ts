import type { Cursors } from '../store.ts';
import type { Database } from './database.ts';

/** What channels remember, in PostgreSQL. */
export function createCursors({ ask }: Database): Cursors {
  return {
    async get(name) {
      const row = await ask((db) =>
        db.selectFrom('cursors').select('value').where('name', '=', name).executeTakeFirst(),
      );
      return row?.value ?? null;
    },
    async set(name, value) {
      await ask((db) =>
        db
          .insertInto('cursors')
          .values({ name, value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute(),
      );
    },
  };
}
