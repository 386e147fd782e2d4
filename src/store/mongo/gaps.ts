import type { Gaps } from '../gaps.ts';
import { nextOf } from './counters.ts';
import type { Database } from './database.ts';

/** What people decided about gaps, in MongoDB. */
export function createGaps(database: Database): Gaps {
  const { ask, gaps, insert } = database;
  return {
    async settled() {
      const found = await ask(() => gaps.find({}).sort({ _id: 1 }).lean());
      return found.map(({ id, at, action, detail, questions }) => ({ id, at, action, detail, questions }));
    },
    async settle({ id, at, action, detail, questions }) {
      const _id = await nextOf(database, 'gaps');
      await insert(gaps, [{ _id, id, at, action, detail, questions: [...questions] }]);
    },
  };
}
