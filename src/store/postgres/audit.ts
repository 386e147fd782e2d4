import { sql } from 'kysely';
import { type AuditEntry, type AuditRows, bodyBegin } from '../audit.ts';
import type { Database } from './database.ts';
import type { AuditTable } from './tables.ts';

/** The entries of the audit log, in PostgreSQL: what was changed is kept as text, byte for byte. */
export function createAuditRows({ ask }: Database): AuditRows {
  return {
    async newest() {
      const [row] = await ask((db) =>
        db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(1).execute(),
      );
      return row === undefined ? null : entryOf(row);
    },
    async insert({ number, at, who, action, subject, reason, before, after, hash }) {
      const body = JSON.stringify({ who: { id: who.id, name: who.name }, reason, before, after });
      const added = await ask((db) =>
        db
          .insertInto('audit')
          .values({ number, at, action, subject, body, hash })
          .onConflict((conflict) => conflict.column('number').doNothing())
          .returning('number')
          .execute(),
      );
      return added.length > 0;
    },
    async list({ subject, kind, who, from, to, before, limit }) {
      const rows = await ask((db) => {
        let query = db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(limit);
        if (subject !== undefined) query = query.where('subject', '=', subject);
        if (kind !== undefined) query = query.where(sql<boolean>`starts_with(subject, ${`${kind}/`})`);
        if (who !== undefined) query = query.where(sql<boolean>`starts_with(body, ${bodyBegin(who)})`);
        if (from !== undefined) query = query.where('at', '>=', from);
        if (to !== undefined) query = query.where('at', '<', to);
        if (before !== undefined) query = query.where('number', '<', before);
        return query.execute();
      });
      return rows.map(entryOf);
    },
    async after(number, limit) {
      const rows = await ask((db) =>
        db
          .selectFrom('audit')
          .selectAll()
          .where('number', '>', number)
          .orderBy('number')
          .limit(limit)
          .execute(),
      );
      return rows.map(entryOf);
    },
  };
}

function entryOf({ number, at, action, subject, body, hash }: AuditTable): AuditEntry {
  return { number, at, action, subject, ...JSON.parse(body), hash };
}
