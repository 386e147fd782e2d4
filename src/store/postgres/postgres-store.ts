import type { Logger } from 'pino';
import { type Clock, systemClock } from '../../core/clock.ts';
import { createAuditLog } from '../audit.ts';
import { nameInstallation } from '../installation.ts';
import { createLeases } from '../leases.ts';
import type { Store } from '../store.ts';
import { createAccounts } from './accounts.ts';
import { createAuditRows } from './audit.ts';
import { createBases } from './bases.ts';
import { createCases } from './cases.ts';
import { createConversationLog } from './conversation-log.ts';
import { createCursors } from './cursors.ts';
import { type Database, openDatabase, type Statement } from './database.ts';
import { createFacts } from './facts.ts';
import { storeFault } from './faults.ts';
import { createFiles } from './files.ts';
import { createGaps } from './gaps.ts';
import { createInvitations } from './invitations.ts';
import { migrate } from './migrate.ts';
import { createMissed } from './missed.ts';
import { createOutbox } from './outbox.ts';
import { createPeople } from './people.ts';
import { createQuarantine } from './quarantine.ts';
import { rebuildModels } from './rebuild.ts';
import { createSignals } from './signals.ts';
import { createUndoneWork } from './undone.ts';

const defaultPoolSize = 12;

/** What `createPostgresStore` takes. */
export interface PostgresStoreOptions {
  /** The address for the `pg` package: `postgres://user:password@host:port/database`. */
  readonly url: string;
  readonly log: Logger;
  /** For what the store itself notes the time of; the system's when left out. */
  readonly clock?: Clock;
  /** Connections at most, beside the one that listens; 12 when left out. */
  readonly poolSize?: number;
}

const checkStatement: Statement = {
  name: 'check',
  text: `select current_setting('server_version') as version, current_database() as database`,
};

/**
 * Opens the store in a PostgreSQL database, in the schema `relevo`, which is made and brought up to date first.
 * @throws RelevoError `store_unreachable`, `store_newer` (the schema is newer than this program), `store_migration_failed`
 */
export async function createPostgresStore({
  url,
  log,
  clock = systemClock,
  poolSize = defaultPoolSize,
}: PostgresStoreOptions): Promise<Store> {
  await migrate(url, log);
  const database = openDatabase(url, log, poolSize);
  try {
    const description = await describe(database, url);
    const signals = await createSignals(url, database, log);
    const outbox = createOutbox(database, clock);
    const cursors = createCursors(database);
    const installation = await nameInstallation(cursors);
    let stopping: Promise<void> | undefined;
    async function stop(): Promise<void> {
      await outbox.stop();
      await signals.stop();
      await database.stop();
    }
    return {
      description,
      installation,
      log: createConversationLog(database),
      cases: createCases(database),
      undone: createUndoneWork(database),
      outbox,
      cursors,
      leases: createLeases(cursors),
      quarantine: createQuarantine(database),
      files: createFiles(database, clock),
      people: createPeople(database),
      bases: createBases(database),
      gaps: createGaps(database),
      audit: createAuditLog(createAuditRows(database), cursors),
      accounts: createAccounts(database, clock),
      invitations: createInvitations(database),
      facts: createFacts(database),
      missed: createMissed(database),
      signals,
      async check() {
        await database.run(checkStatement, []);
      },
      rebuild: (progress) => rebuildModels(database, progress, clock.now()),
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await database.stop();
    throw storeFault(error);
  }
}

async function describe(database: Database, url: string): Promise<string> {
  const [row] = await database.run<{ version: string; database: string }>(checkStatement, []);
  const { host } = new URL(url);
  return `PostgreSQL ${row?.version.split(' ')[0]} at ${host || 'a local socket'}, database ${row?.database}`;
}
