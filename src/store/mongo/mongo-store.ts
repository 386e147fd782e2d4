import type { Logger } from 'pino';
import { type Clock, systemClock } from '../../core/clock.ts';
import { RelevoError } from '../../core/errors.ts';
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
import { type Database, openDatabase } from './database.ts';
import { createFacts } from './facts.ts';
import { createFiles } from './files.ts';
import { createGaps } from './gaps.ts';
import { ensureIndexes, missingIndexes } from './indexes.ts';
import { createInvitations } from './invitations.ts';
import { createMissed } from './missed.ts';
import { createOutbox } from './outbox.ts';
import { createPeople } from './people.ts';
import { createQuarantine } from './quarantine.ts';
import { rebuildModels } from './rebuild.ts';
import { createSignals } from './signals.ts';
import { createUndoneWork } from './undone.ts';

const defaultPoolSize = 20;

/** What `createMongoStore` takes. */
export interface MongoStoreOptions {
  /** `mongodb://user:password@host:port/database`; the database is `relevo` when it names none. */
  readonly url: string;
  readonly log: Logger;
  /** For what the store itself notes the time of; the system's when left out. */
  readonly clock?: Clock;
  /** Connections at most; 20 when left out. */
  readonly poolSize?: number;
}

/**
 * Opens the store in a MongoDB database; missing indexes are made first. It uses no transactions, no change streams and
 * nothing else that a single node does not have.
 * @throws RelevoError `store_unreachable`, `store_newer` (written by a newer program), `store_without_indexes`, `store_failed`
 */
export async function createMongoStore({
  url,
  log,
  clock = systemClock,
  poolSize = defaultPoolSize,
}: MongoStoreOptions): Promise<Store> {
  const database = await openDatabase(url, log, poolSize);
  try {
    await ensureIndexes(database);
    const description = await describe(database);
    const signals = createSignals(database, log);
    const cursors = createCursors(database);
    const installation = await nameInstallation(cursors);
    let stopping: Promise<void> | undefined;
    async function stop(): Promise<void> {
      await signals.stop();
      await database.stop();
    }
    return {
      description,
      installation,
      log: createConversationLog(database, log),
      cases: createCases(database),
      undone: createUndoneWork(database),
      outbox: createOutbox(database, clock),
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
      check: () => check(database),
      rebuild: (progress) => rebuildModels(database, progress, clock.now()),
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function check(database: Database): Promise<void> {
  await database.ask(async () => await database.connection.db?.command({ ping: 1 }));
  const missing = await missingIndexes(database);
  if (missing.length === 0) return;
  throw new RelevoError(
    'store_without_indexes',
    `the database lacks ${missing.length} index(es): ${missing.join('; ')}`,
    {
      hint: 'Run `relevo store indexes`: without its unique indexes a message could be stored twice.',
    },
  );
}

async function describe(database: Database): Promise<string> {
  const { connection } = database;
  const info = await database.ask(async () => await connection.db?.admin().command({ buildInfo: 1 }));
  const server =
    info?.ferretdbVersion === undefined
      ? `MongoDB ${info?.version}`
      : `FerretDB (as MongoDB ${info.version})`;
  return `${server} at ${connection.host}, database ${connection.name}`;
}
