import { sql } from 'kysely';
import { type Missed, newestMissed } from '../missed.ts';
import type { Database } from './database.ts';
import { keepLater } from './later-rows.ts';

/** Questions that the bot did not settle, in PostgreSQL. */
export function createMissed({ ask }: Database): Missed {
  return {
    async place() {
      const row = await ask((db) =>
        db.selectFrom('missed_places').select(['document', 'revision', 'changes']).executeTakeFirst(),
      );
      return { place: row?.document ?? null, revision: row?.revision ?? 0, changes: row?.changes ?? 0 };
    },
    async of(conversations) {
      if (conversations.length === 0) return [];
      const rows = await ask((db) =>
        db.selectFrom('missed').select('document').where('conversation', 'in', conversations).execute(),
      );
      return rows.map(({ document }) => document);
    },
    save(found, place, revision) {
      const rows = found.map((one) => ({
        conversation: one.conversation,
        seq: one.seq,
        newest_at: newestMissed(one),
        document: JSON.stringify(one),
      }));
      const changed = rows.length > 0 ? 1 : 0;
      const document = JSON.stringify(place);
      return ask((db) =>
        db.transaction().execute(async (write) => {
          const moved = await write
            .insertInto('missed_places')
            .values({ name: 'log', document, revision: 1, changes: changed })
            .onConflict((conflict) =>
              conflict
                .column('name')
                .doUpdateSet({
                  document,
                  revision: revision + 1,
                  changes: sql<number>`missed_places.changes + ${changed}`,
                })
                .where('missed_places.revision', '=', revision),
            )
            .returning('revision')
            .execute();
          if (moved.length === 0) return false;
          await keepLater(write, 'missed', rows);
          return true;
        }),
      );
    },
    async since(from, limit) {
      const rows = await ask((db) =>
        db
          .selectFrom('missed')
          .select('document')
          .where('newest_at', '>=', from)
          .orderBy('newest_at', 'desc')
          .orderBy('conversation')
          .limit(limit)
          .execute(),
      );
      return rows.map(({ document }) => document);
    },
    async forget() {
      const next = {
        document: null,
        revision: sql<number>`missed_places.revision + 1`,
        changes: sql<number>`missed_places.changes + 1`,
      };
      await ask((db) =>
        db.transaction().execute(async (write) => {
          await write.updateTable('missed_places').set(next).execute();
          await write.deleteFrom('missed').execute();
        }),
      );
    },
  };
}
