import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, PostgresConnection } from 'bullmq';
import type { Engine } from './engine.ts';
import { placeOf } from './engine.ts';

/** A worker that got an error asks again at once, for a database that is just coming up thousands of times a second. Milliseconds. */
const afterErrorMs = 500;

/**
 * BullMQ on PostgreSQL, in a schema of its own. Its tables are brought up to date first; two processes that start
 * at once wait for each other on the migration's lock.
 * @param schema letters, digits and underscores
 * @throws what the driver throws when the database cannot be reached
 */
export async function openPostgres(url: URL, schema: string, timeoutMs: number): Promise<Engine> {
  const options = {
    connectionString: url.href,
    schema,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    // A job that a crash of the server takes back is only a wake-up lost, and the sweeper makes up for it: so none
    // has to wait for the disk.
    options: '-c synchronous_commit=off',
  };
  const migration = new PostgresConnection({ ...options, max: 1, query_timeout: 60_000, migrate: true });
  try {
    await migration.waitUntilReady();
  } finally {
    await migration.close();
  }
  return {
    prefix: schema,
    description: `BullMQ on PostgreSQL (${placeOf(url, 5432)}, schema ${schema})`,
    // Idle connections of a pool close by themselves, so these are ceilings; each worker keeps one that listens.
    backend: (name, opts, more) => {
      const max = more?.withBlockingConnection === true ? 2 : 4;
      return unhurried(createPostgresBackend(name, { ...opts, connection: { ...options, max } }, more));
    },
    idleSeconds: 30,
    close: () => undefined,
  };
}

/** The same backend, which tells of a failed question for a job only after a pause. */
function unhurried(backend: ReturnType<typeof createPostgresBackend>): typeof backend {
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = async (...question) => {
    try {
      return await moveToActive(...question);
    } catch (error) {
      await sleep(afterErrorMs);
      throw error;
    }
  };
  return backend;
}
