import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { RelevoError } from '../../core/errors.ts';
import { connectionOptions } from './database.ts';
import { storeFault } from './faults.ts';
import { migrations } from './migrations.ts';

const schema = 'relevo';
const migrationTable = 'migrations';

/**
 * Brings the schema up to this program. Safe when several processes start at once: one works, the others wait.
 * On a connection of its own, since a step over much data may take longer than any other statement.
 * @throws RelevoError `store_newer` when a newer Relevo has written here, `store_unreachable`, `store_migration_failed`
 */
export async function migrate(url: string, log: Logger): Promise<void> {
  const pool = new pg.Pool({ ...connectionOptions(url), max: 2 });
  pool.on('error', (error) => log.warn({ err: error.message }, 'a database connection was lost'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const before = await refuseNewer(pool);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => ({ ...migrations }) },
      migrationTableSchema: schema,
      migrationTableName: migrationTable,
      migrationLockTableName: 'migration_lock',
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error === undefined) {
      const made = (results ?? []).map(({ migrationName }) => migrationName);
      tell(before, made, log);
      return;
    }
    await refuseNewer(pool);
    throw error;
  } catch (error) {
    const fault = storeFault(error);
    if (fault.code !== 'store_failed') throw fault;
    throw new RelevoError(
      'store_migration_failed',
      `the schema could not be brought up to date: ${reason(error)}`,
      {
        hint: 'The database user needs the right to create a schema and tables in this database; nothing was changed.',
        cause: error,
      },
    );
  } finally {
    await db.destroy();
  }
}

/** One line for all steps; none where there were none, as when another process made them meanwhile. */
function tell(before: readonly string[], made: readonly string[], log: Logger): void {
  const [from, to] = [before.at(-1), made.at(-1)];
  if (to === undefined) return;
  const steps = made.length;
  if (from === undefined) log.info({ to, steps }, 'the schema was made');
  else log.info({ from, to, steps }, 'the schema was brought up to date');
}

/** @returns the steps that were made before, in their order */
async function refuseNewer(pool: pg.Pool): Promise<readonly string[]> {
  const { rows: found } = await pool.query(`select to_regclass('${schema}.${migrationTable}') as name`);
  if (found[0]?.name === null) return [];
  const { rows } = await pool.query<{ name: string }>(
    `select name from ${schema}.${migrationTable} order by name`,
  );
  const names = rows.map((row) => row.name);
  const unknown = names.filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length === 0) return names;
  throw new RelevoError(
    'store_newer',
    `the database was written by a newer Relevo: it has the schema step ${unknown.join(', ')}, which this one does not know`,
    { hint: 'Start the newer version again; going back needs a backup from before the update.' },
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
