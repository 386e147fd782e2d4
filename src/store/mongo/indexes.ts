import { RelevoError } from '../../core/errors.ts';
import { type CollectionName, type DeclaredIndex, indexes } from './collections.ts';
import type { Database } from './database.ts';
import { isDuplicate } from './faults.ts';

/** The form of the documents that this program reads and writes. */
const schemaVersion = 1;

const names = Object.keys(indexes) as CollectionName[];

/**
 * Makes the indexes that are missing and notes the form of the documents; again changes nothing.
 * @returns how many indexes are declared
 * @throws RelevoError `store_newer` (another program wrote here, newer than this one), `store_without_indexes` (what is there already
 * does not let them be made), `store_unreachable`, `store_failed`
 */
export async function ensureIndexes(database: Database): Promise<number> {
  await database.insert(database.counters, [
    { _id: 'schema', value: schemaVersion },
    { _id: 'conversations', value: 1_000 },
  ]);
  const noted = await database.ask(() => database.counters.findById('schema').lean());
  if (noted !== null && noted.value > schemaVersion) {
    throw new RelevoError(
      'store_newer',
      `the database was written by a newer Relevo (form ${noted.value}, this one knows ${schemaVersion})`,
      { hint: 'Start that version, or give this one a database of its own.' },
    );
  }
  for (const name of names) {
    if (indexes[name].length > 0) await database.ask(() => make(database, name));
  }
  return names.reduce((sum, name) => sum + indexes[name].length, 0);
}

async function make(database: Database, name: CollectionName): Promise<void> {
  try {
    await database[name].createIndexes();
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause;
    throw new RelevoError(
      'store_without_indexes',
      `a unique index of ${name} cannot be made: documents that it forbids are there already`,
      {
        hint: 'Without it something could be stored twice, so Relevo does not start. The cause names the key: keep one document of each, in a copy first, then start again.',
        cause,
      },
    );
  }
}

/** Indexes that are declared and not there, for people: `commits: key (unique)`. @throws RelevoError */
export async function missingIndexes(database: Database): Promise<string[]> {
  const missing: string[] = [];
  for (const name of names) {
    const declared: readonly DeclaredIndex[] = indexes[name];
    if (declared.length === 0) continue;
    const found = await database.ask(() => listed(database, name));
    for (const { key, unique } of declared) {
      const same = found.some(
        (one) =>
          JSON.stringify(one.key) === JSON.stringify(key) && (one.unique ?? false) === (unique ?? false),
      );
      if (!same) missing.push(`${name}: ${Object.keys(key).join(', ')}${unique ? ' (unique)' : ''}`);
    }
  }
  return missing;
}

async function listed(database: Database, name: CollectionName) {
  try {
    return await database[name].collection.indexes();
  } catch (error) {
    // A collection that nothing was ever written to.
    if (error instanceof Error && 'code' in error && error.code === 26) return [];
    throw error;
  }
}
