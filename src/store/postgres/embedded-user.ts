import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RelevoError } from '../../core/errors.ts';
import { run, type ServerUser } from './embedded-process.ts';

const OWN_ACCOUNT = 'relevo-db';
const USUAL_ACCOUNT = 'postgres';

/** What an account may do with a file or folder: read it, or enter (a folder) and run (a file). */
export type Permission = 'read' | 'enter';

/** Whether this process runs as root, as which PostgreSQL refuses to run. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The unprivileged account for the server when we are root: our own, made on first use, or
 * the usual `postgres` where accounts cannot be made.
 *
 * @throws RelevoError `embedded_database_no_user` when there is none and none can be made
 */
export async function findOrMakeUser(): Promise<ServerUser> {
  const existing = await lookUp(OWN_ACCOUNT);
  if (existing) return existing;
  const words = '--system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin';
  let failure: unknown;
  // The account files may be locked for a moment by another program.
  for (let attempt = 0; attempt < 3; attempt++) {
    failure = await run('useradd', [...words.split(' '), OWN_ACCOUNT]).catch((cause: unknown) => cause);
    const made = await lookUp(OWN_ACCOUNT);
    if (made) return made;
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') break;
    await sleep(300);
  }
  const usual = await lookUp(USUAL_ACCOUNT);
  if (usual) return usual;
  throw new RelevoError(
    'embedded_database_no_user',
    `PostgreSQL refuses to run as root, and the account ${OWN_ACCOUNT} for it could not be made`,
    {
      hint: `Run Relevo as an ordinary user, or make the account (useradd --system ${OWN_ACCOUNT}), or set DATABASE_URL to a PostgreSQL server.`,
      cause: failure,
    },
  );
}

/**
 * Whether an account can enter every folder on the way to a path, by owner, group and mode.
 *
 * @param path an existing, absolute path without symbolic links; it is itself checked for `last`
 * @param user the account; undefined means ourselves, who are not checked
 * @param last what must be allowed on the path itself
 */
export async function canReach(
  path: string,
  user: ServerUser | undefined,
  last: Permission,
): Promise<boolean> {
  if (!user) return true;
  if (!allows(await stat(path), user, last)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!allows(await stat(folder), user, 'enter')) return false;
    if (folder === dirname(folder)) return true;
  }
}

function allows(stats: Stats, user: ServerUser, permission: Permission): boolean {
  const bit = permission === 'read' ? 0o4 : 0o1;
  const shift = stats.uid === user.uid ? 6 : stats.gid === user.gid ? 3 : 0;
  return (stats.mode & (bit << shift)) !== 0;
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return Number(uid) === 0 ? undefined : { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}
