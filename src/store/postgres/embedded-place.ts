import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { RelevoError } from '../../core/errors.ts';
import type { ServerUser } from './embedded-process.ts';
import { canReach, findOrMakeUser, runsAsRoot } from './embedded-user.ts';

/** Where the database lives and as whom its server runs. */
export type Place = {
  /** The folder of everything that belongs to the database; absolute, without symbolic links. */
  readonly folder: string;
  /** The account of the server; undefined for our own. */
  readonly user: ServerUser | undefined;
  /** Whether the wanted folder could not be used. */
  readonly moved: boolean;
};

/**
 * Chooses and makes the folder of the database: `postgres` in the data folder or, when we are root
 * and the server's account cannot reach that, a folder under `elsewhere`. A folder that already
 * holds the data always wins, so that a changed permission never leads to an empty database.
 *
 * @param dataFolder the folder the owner asked for
 * @param elsewhere the folder for databases whose own data folder cannot be reached
 * @throws RelevoError `embedded_database_unreachable`, `embedded_database_no_user`
 */
export async function choosePlace(dataFolder: string, elsewhere: string): Promise<Place> {
  const wanted = join(await resolveLinks(resolve(dataFolder)), 'postgres');
  try {
    if (!runsAsRoot()) {
      await makeFolders(wanted, 0o700);
      return { folder: wanted, user: undefined, moved: false };
    }
    const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
    const other = join(await resolveLinks(elsewhere), name);
    for (const folder of await candidates(wanted, other)) {
      const user = (await ownerOfData(folder)) ?? (await findOrMakeUser());
      if (!(await canReach(await nearestExisting(folder), user, 'enter'))) continue;
      // Others may pass through, not look around: everything private inside has its own mode.
      await makeFolders(folder, 0o711);
      return { folder, user, moved: folder !== wanted };
    }
  } catch (cause) {
    if (cause instanceof RelevoError) throw cause;
    throw unreachable(wanted, cause);
  }
  throw unreachable(wanted, undefined);
}

async function candidates(wanted: string, other: string): Promise<string[]> {
  if (await ownerOfData(wanted)) return [wanted];
  if (await ownerOfData(other)) return [other];
  return [wanted, other];
}

// PostgreSQL insists on owning its data, so whoever made it must go on running it.
async function ownerOfData(folder: string): Promise<ServerUser | undefined> {
  const stats = await stat(join(folder, 'data', 'PG_VERSION')).catch(() => undefined);
  return stats && { uid: stats.uid, gid: stats.gid };
}

async function nearestExisting(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found || folder === dirname(folder)) return folder;
  }
}

async function resolveLinks(path: string): Promise<string> {
  const existing = await nearestExisting(path);
  return join(await realpath(existing), path.slice(existing.length));
}

async function makeFolders(folder: string, mode: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode });
  if (first === undefined) return;
  // The umask may have taken away what the server's account needs.
  for (let made = folder; made.length >= first.length; made = dirname(made)) await chmod(made, mode);
}

function unreachable(wanted: string, cause: unknown): RelevoError {
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new RelevoError(
    'embedded_database_unreachable',
    `the embedded database cannot be kept in ${dirname(wanted)}, as the account of its server cannot reach it${why}`,
    {
      hint: 'Set RELEVO_DATA to a folder that this account can reach and write (not under a private home), or DATABASE_URL to a PostgreSQL server.',
      cause,
    },
  );
}
