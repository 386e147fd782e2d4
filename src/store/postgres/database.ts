import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { isTransient, storeFault } from './faults.ts';
import type { Tables } from './tables.ts';

const connectTimeoutMs = 5_000;
const queryTimeoutMs = 15_000;
const deadlockAttempts = 5;
const int8 = 20;

/** A prepared statement: its name is unique among those of this folder. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** How long it may take, in milliseconds; 15 seconds when left out. */
  readonly timeoutMs?: number;
}

/** Runs a prepared statement with its values. */
export type Run = <Row>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;

/** The connections of one process to one database. */
export interface Database {
  /** Runs one statement; again when it lost to a concurrent one. @throws RelevoError */
  readonly run: Run;
  /** Runs statements in one transaction; again from the start when it lost to a concurrent one. @throws RelevoError */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** Asks through the query builder; again when it lost to a concurrent one. @throws RelevoError */
  ask<T>(question: (kysely: Kysely<Tables>) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** How connections are made, for the pool and for those beside it. Whole numbers of 64 bits come as numbers: all of ours fit. */
export function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'relevo',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: {
      getTypeParser: ((oid: number, format: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
}

/**
 * Opens the pool. Nothing is connected before the first statement.
 * @param poolSize connections at most
 */
export function openDatabase(url: string, log: Logger, poolSize: number): Database {
  const pool = new pg.Pool({ ...connectionOptions(url), query_timeout: queryTimeoutMs, max: poolSize });
  // Without listeners, a connection that breaks while nobody uses it would end the process.
  pool.on('error', (error) => log.warn({ err: error.message }, 'a database connection was lost'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema('relevo');

  const run: Run = (statement, values) => attempt(() => runOn(pool, statement, values));
  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await kysely.destroy();
    // Never asked anything, the query builder does not know its pool, and idle connections keep a process alive.
    if (!pool.ending) await pool.end();
  }
  return {
    run,
    transaction: (work) => attempt(() => inTransaction(pool, work)),
    ask: (question) => attempt(() => question(kysely)),
    stop: () => (stopping ??= stop()),
  };
}

async function runOn<Row>(
  target: pg.Pool | pg.ClientBase,
  { name, text, timeoutMs }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const query = { name, text, values: [...values], query_timeout: timeoutMs ?? queryTimeoutMs };
  const result = await target.query(query);
  return result.rows;
}

async function inTransaction<T>(pool: pg.Pool, work: (run: Run) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work((statement, values) => runOn(client, statement, values));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // Closing the connection rolls back, whatever state it is in.
    client.release(true);
    throw error;
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (isTransient(error) && tries < deadlockAttempts) continue;
      throw storeFault(error);
    }
  }
}
