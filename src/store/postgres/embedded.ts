import { RelevoError } from '../../core/errors.ts';
import { findBinaries, prepareBinaries, removeOldCopies } from './embedded-binaries.ts';
import { databaseUrl, ensureCluster, ensureDatabase, hasCluster, readPasswords } from './embedded-cluster.ts';
import { lockFolder } from './embedded-lock.ts';
import { choosePlace } from './embedded-place.ts';
import { findRunningServer, type ServerPlace, startServer, stopServer } from './embedded-server.ts';

/** Where the module says what it does; a pino logger fits. It is never given a secret. */
export type EmbeddedLog = {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
};

/** What `startEmbedded` takes. */
export type EmbeddedOptions = {
  /** The folder for everything of this installation; made if missing. The database gets `postgres` in it. */
  readonly dataFolder: string;
  readonly log: EmbeddedLog;
  /** Where databases go whose data folder the server's account cannot reach (as root only). */
  readonly elsewhere?: string;
};

/** A running database that belongs to this process. */
export type EmbeddedPostgres = {
  /** The address for the `pg` package, with the password: not for logs. */
  readonly url: string;
  /** The folder in which the database really is. */
  readonly folder: string;
  /**
   * Stops the server, closing what connections are left, and gives the folder free. To be called after
   * the work is drained; may be called more than once.
   *
   * @throws RelevoError `embedded_database_failed` when the server cannot be stopped
   */
  stop(): Promise<void>;
};

/**
 * Starts the real PostgreSQL that is installed with Relevo, on a free port of 127.0.0.1. The first start
 * makes the data, later ones find it, and a server that a killed process left running is taken over.
 *
 * @throws RelevoError `data_folder_in_use`, `embedded_database_unreachable`, `embedded_database_no_user`,
 *   `embedded_database_unavailable`, `embedded_database_version`, `embedded_database_password` or
 *   `embedded_database_failed`, each with a hint
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataFolder, log, elsewhere = '/var/lib/relevo' } = options;
  const source = findBinaries();
  const { folder, user, moved } = await choosePlace(dataFolder, elsewhere);
  if (moved)
    log.warn(
      { wanted: dataFolder, folder },
      'the server could not reach the data folder, so the database is kept elsewhere',
    );
  const lock = await lockFolder(folder).catch((cause: unknown) => {
    throw unusable(folder, cause);
  });
  try {
    const began = performance.now();
    const binaries = await prepareBinaries(source, folder, user);
    await ensureCluster(folder, user, binaries, source.version);
    const place: ServerPlace = { folder, user, binaries, passwords: await readPasswords(folder) };
    const { port, adopted, stop } = await runServer(place, source.version, log);
    try {
      await ensureDatabase(port, place.passwords);
    } catch (cause) {
      await stop();
      throw cause;
    }
    const tookMs = Math.round(performance.now() - began);
    log.info({ folder, port, adopted, tookMs }, 'the embedded database is ready');
    let stopping: Promise<void> | undefined;
    return {
      url: databaseUrl(port, place.passwords),
      folder,
      stop: () => (stopping ??= stop().finally(() => lock.release())),
    };
  } catch (cause) {
    await lock.release();
    throw unusable(folder, cause);
  }
}

/**
 * Finds the database of a Relevo that is running on this data folder, for a command beside it. Starts nothing.
 *
 * @returns its address with the password; undefined when none runs
 * @throws RelevoError as `startEmbedded` does
 */
export async function findEmbedded(
  options: Pick<EmbeddedOptions, 'dataFolder' | 'elsewhere'>,
): Promise<string | undefined> {
  const { dataFolder, elsewhere = '/var/lib/relevo' } = options;
  const { folder, user } = await choosePlace(dataFolder, elsewhere);
  if (!(await hasCluster(folder))) return undefined;
  const passwords = await readPasswords(folder);
  const binaries = await prepareBinaries(findBinaries(), folder, user);
  const port = await findRunningServer({ folder, user, binaries, passwords });
  return port === undefined ? undefined : databaseUrl(port, passwords);
}

async function runServer(place: ServerPlace, version: string, log: EmbeddedLog) {
  let stopping = false;
  const running = await findRunningServer(place);
  if (running === undefined) await removeOldCopies(place.folder, version);
  const onExit = () => {
    if (!stopping)
      log.warn({ folder: place.folder }, 'the embedded database ended by itself; see its server.log');
  };
  return {
    port: running ?? (await startServer(place, onExit)),
    adopted: running !== undefined,
    stop: async () => {
      stopping = true;
      await stopServer(place);
    },
  };
}

function unusable(folder: string, cause: unknown): RelevoError {
  if (cause instanceof RelevoError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new RelevoError('embedded_database_failed', `the database in ${folder} cannot be used: ${why}`, {
    hint: 'Check who owns that folder and its free space, set another RELEVO_DATA, or set DATABASE_URL to a PostgreSQL server.',
    cause,
  });
}
