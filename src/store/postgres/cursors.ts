import type { Cursors } from '../cursors.ts';
import type { Database } from './database.ts';

/** What channels and desks remember, in PostgreSQL. */
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
    async replace(name, from, to) {
      const written = await ask((db) =>
        from === null
          ? db
              .insertInto('cursors')
              .values({ name, value: to })
              .onConflict((conflict) => conflict.column('name').doNothing())
              .returning('name')
              .execute()
          : db
              .updateTable('cursors')
              .set({ value: to })
              .where('name', '=', name)
              .where('value', '=', from)
              .returning('name')
              .execute(),
      );
      return written.length === 1;
    },
  };
}
