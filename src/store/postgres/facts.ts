import type { Facts } from '../facts.ts';
import type { Database } from './database.ts';
import { keepLater } from './later-rows.ts';

/** What reports are made from, in PostgreSQL. */
export function createFacts({ ask }: Database): Facts {
  return {
    async place() {
      const row = await ask((db) => db.selectFrom('fact_places').select('document').executeTakeFirst());
      return row?.document ?? null;
    },
    async of(conversations) {
      if (conversations.length === 0) return [];
      const rows = await ask((db) =>
        db.selectFrom('case_facts').select('document').where('conversation', 'in', conversations).execute(),
      );
      return rows.map(({ document }) => document);
    },
    async save(facts, place) {
      const rows = facts.map(({ day, fact }) => ({
        conversation: fact.conversation,
        seq: fact.seq,
        day,
        document: JSON.stringify(fact),
      }));
      const due = [...new Set(facts.map(({ day }) => day))].map((day) => ({ day, due_at: 0 }));
      const document = JSON.stringify(place);
      await ask((db) =>
        db.transaction().execute(async (write) => {
          await keepLater(write, 'case_facts', rows);
          if (due.length > 0) {
            await write
              .insertInto('day_figures')
              .values(due)
              .onConflict((conflict) => conflict.column('day').doUpdateSet({ due_at: 0 }))
              .execute();
          }
          await write
            .insertInto('fact_places')
            .values({ name: 'log', document })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ document }))
            .execute();
        }),
      );
    },
    async ofDay(day) {
      const rows = await ask((db) =>
        db.selectFrom('case_facts').select('document').where('day', '=', day).execute(),
      );
      return rows.map(({ document }) => document);
    },
    async saveDay(figures) {
      const values = { due_at: figures.dueAt, document: JSON.stringify(figures) };
      await ask((db) =>
        db
          .insertInto('day_figures')
          .values({ day: figures.day, ...values })
          .onConflict((conflict) => conflict.column('day').doUpdateSet(values))
          .execute(),
      );
    },
    async days(from, to) {
      const rows = await ask((db) =>
        db
          .selectFrom('day_figures')
          .select('document')
          .where('day', '>=', from)
          .where('day', '<=', to)
          .where('document', 'is not', null)
          .orderBy('day')
          .execute(),
      );
      return rows.flatMap(({ document }) => (document === null ? [] : [document]));
    },
    async dueDays(now, limit) {
      const rows = await ask((db) =>
        db
          .selectFrom('day_figures')
          .select('day')
          .where('due_at', '<=', now)
          .orderBy('day', 'desc')
          .limit(limit)
          .execute(),
      );
      return rows.map(({ day }) => day);
    },
  };
}
