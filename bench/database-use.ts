import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** What a database has done so far. */
export interface DatabaseUse {
  /** Transactions; every statement outside an explicit one is one. */
  readonly transactions: number;
  readonly walBytes: number;
  /** Jobs that were ever put into the queue. */
  readonly jobs: number;
  readonly at: number;
}

/** The server's own counters reach its tables about a second late. */
const settleMs = 2_500;

/** Reads what the database has done, once its counters have settled. */
export async function readDatabaseUse(url: string): Promise<DatabaseUse> {
  await pause(settleMs);
  const counters = await ask(
    url,
    `select (select xact_commit from pg_stat_database where datname = current_database())::float8 as transactions,
      pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as "walBytes",
      (select coalesce(sum(n_tup_ins), 0) from pg_stat_user_tables
        where schemaname = 'relevo_queue' and relname = 'job')::float8 as jobs`,
  );
  const { transactions = 0, walBytes = 0, jobs = 0 } = counters;
  return { transactions, walBytes, jobs, at: performance.now() };
}

async function ask(url: string, question: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, number>>(question);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}
