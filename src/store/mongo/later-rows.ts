import type { Model } from 'mongoose';
import type { Database } from './database.ts';

/** Keeps rows, each as it was after a commit, unless one of a later commit is there: in two calls, however many they are. */
export async function keepLater<Row extends { readonly _id: string; readonly seq: number }>(
  { ask, insert }: Pick<Database, 'ask' | 'insert'>,
  model: Model<Row>,
  rows: readonly NoInfer<Row>[],
): Promise<void> {
  if (rows.length === 0 || (await insert(model, rows))) return;
  // Those that were not there are now: of them nothing is replaced.
  const changes = rows.map((row) => ({
    replaceOne: { filter: { _id: row._id, seq: { $lt: row.seq } }, replacement: row },
  }));
  await ask(() => model.collection.bulkWrite(changes as never[], { ordered: false }));
}
