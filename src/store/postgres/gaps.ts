import type { Gaps } from '../gaps.ts';
import type { Database } from './database.ts';

/** What people decided about gaps, in PostgreSQL. */
export function createGaps({ ask }: Database): Gaps {
  return {
    settled: () =>
      ask((db) =>
        db
          .selectFrom('settled_gaps')
          .select(['id', 'at', 'action', 'detail', 'questions'])
          .orderBy('number')
          .execute(),
      ),
    async settle({ id, at, action, detail, questions }) {
      const row = { id, at, action, detail, questions: JSON.stringify(questions) };
      await ask((db) => db.insertInto('settled_gaps').values(row).execute());
    },
  };
}
