import { sql } from 'kysely';
import type { Quarantine } from '../quarantine.ts';
import type { Database } from './database.ts';

/** Unreadable payloads, in PostgreSQL. A NUL, which its texts cannot hold, is kept as U+2400. */
export function createQuarantine({ ask }: Database): Quarantine {
  return {
    async add({ key, channel, at, reason, raw }) {
      const row = {
        key,
        channel,
        at,
        reason,
        raw: raw.replaceAll('\0', '\u2400').replaceAll(/\p{Surrogate}/gu, '\uFFFD'),
      };
      await ask((db) =>
        db
          .insertInto('quarantine')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },
    list: (limit) =>
      ask((db) =>
        db
          .selectFrom('quarantine')
          .select(['key', 'channel', 'at', 'reason', sql<number>`length(raw)`.as('characters')])
          .orderBy('at', 'desc')
          .orderBy('key')
          .limit(limit)
          .execute(),
      ),
    async get(key) {
      const row = await ask((db) =>
        db.selectFrom('quarantine').selectAll().where('key', '=', key).executeTakeFirst(),
      );
      return row ?? null;
    },
    async drop(key) {
      const done = await ask((db) => db.deleteFrom('quarantine').where('key', '=', key).executeTakeFirst());
      return done.numDeletedRows > 0n;
    },
    async count() {
      const row = await ask((db) =>
        db
          .selectFrom('quarantine')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow(),
      );
      return row.count;
    },
  };
}
