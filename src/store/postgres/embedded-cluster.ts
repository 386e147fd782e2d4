import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { RelevoError } from '../../core/errors.ts';
import type { Binaries } from './embedded-binaries.ts';
import { run, type ServerUser } from './embedded-process.ts';
import { INITDB_WORDS } from './embedded-settings.ts';

const DATABASE = 'relevo';

/** The passwords of the two roles, in letters and digits. */
export type Passwords = {
  /** Of `postgres`, which may do everything and is used to prepare the database only. */
  readonly admin: string;
  /** Of `relevo`, which owns the database `relevo` and nothing else. */
  readonly relevo: string;
};

/**
 * Whether a folder holds data already.
 *
 * @param folder the database's folder
 */
export async function hasCluster(folder: string): Promise<boolean> {
  return (await readFile(join(folder, 'data', 'PG_VERSION'), 'utf8').catch(() => undefined)) !== undefined;
}

/**
 * Makes the data on first use. An attempt that was cut short leaves nothing that counts as data.
 *
 * @param folder the database's folder; the data goes to `data` in it
 * @param user the server's account, which will own the data; undefined for our own
 * @param version the version of the programs; its first number must be that of existing data
 * @throws RelevoError `embedded_database_version`, `embedded_database_no_user`, `embedded_database_failed`
 */
export async function ensureCluster(
  folder: string,
  user: ServerUser | undefined,
  binaries: Binaries,
  version: string,
): Promise<void> {
  const data = join(folder, 'data');
  const found = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined))?.trim();
  const major = version.split('.')[0];
  if (found !== undefined) {
    if (found === major) return;
    throw new RelevoError(
      'embedded_database_version',
      `the data in ${folder} was made by PostgreSQL ${found}, and this is PostgreSQL ${major}`,
      {
        hint: 'Use the former release of Relevo to copy the data to a PostgreSQL server (pg_dump), then set DATABASE_URL.',
      },
    );
  }
  await removeDrafts(folder);
  const passwords = await writePasswords(folder, user);
  const draft = join(folder, `data.${randomUUID()}`);
  try {
    await mkdir(draft, { mode: 0o700 });
    if (user) await chown(draft, user.uid, user.gid);
    await run(binaries.initdb, [`--pgdata=${draft}`, `--pwfile=${passwords}`, ...INITDB_WORDS], user, folder);
    await rename(draft, data);
    await syncFolder(folder);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    throw initFailed(folder, cause);
  }
}

/**
 * Reads the passwords back.
 *
 * @param folder the database's folder
 * @throws RelevoError `embedded_database_password` when the file is missing or damaged
 */
export async function readPasswords(folder: string): Promise<Passwords> {
  const path = passwordFile(folder);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw noPasswords(path, cause);
  });
  const [admin, relevo] = text.split('\n');
  if (!admin || !relevo) throw noPasswords(path, undefined);
  return { admin, relevo };
}

/**
 * The address of the database, with its password.
 *
 * @param port the server's port on 127.0.0.1
 */
export function databaseUrl(port: number, passwords: Passwords): string {
  return `postgres://${DATABASE}:${passwords.relevo}@127.0.0.1:${port}/${DATABASE}`;
}

/**
 * Makes the role and the database `relevo` if they are not there.
 *
 * @throws Error from the driver
 */
export async function ensureDatabase(port: number, passwords: Passwords): Promise<void> {
  await asAdmin(port, passwords, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount) return;
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [DATABASE]);
    const word = role.rowCount ? 'ALTER' : 'CREATE';
    await client.query(`${word} ROLE ${DATABASE} LOGIN PASSWORD ${pg.escapeLiteral(passwords.relevo)}`);
    await client.query(`CREATE DATABASE ${DATABASE} OWNER ${DATABASE}`);
  });
}

/**
 * Asks a server which data it serves. Only the server of these passwords answers at all.
 *
 * @throws Error from the driver, with code `57P03` while the server starts or stops
 */
export async function servedFolder(port: number, passwords: Passwords): Promise<string> {
  return await asAdmin(port, passwords, async (client) => {
    const { rows } = await client.query<{ folder: string }>(
      "SELECT current_setting('data_directory') AS folder",
    );
    return rows[0]?.folder ?? '';
  });
}

async function asAdmin<T>(port: number, passwords: Passwords, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: passwords.admin,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
  });
  // A connection that breaks also rejects the query under way, which is where it is dealt with.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function passwordFile(folder: string): string {
  return join(folder, 'passwords');
}

// The first line is the admin's, as initdb reads no further.
async function writePasswords(folder: string, user: ServerUser | undefined): Promise<string> {
  const path = passwordFile(folder);
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(24).toString('hex')}\n${randomBytes(24).toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, 0o600);
  if (user) await chown(path, user.uid, user.gid);
  return path;
}

// Without it a power cut could undo the renaming, and with it lose what was committed since.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeDrafts(folder: string): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => name.startsWith('data.'));
  for (const name of drafts) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
}

function noPasswords(path: string, cause: unknown): RelevoError {
  return new RelevoError(
    'embedded_database_password',
    `the passwords of the embedded database cannot be read from ${path}`,
    { hint: 'Put the file back from a backup of the data folder, readable for this account only.', cause },
  );
}

function initFailed(folder: string, cause: unknown): RelevoError {
  const why = cause instanceof Error ? cause.message : String(cause);
  if (why.includes('could not look up effective user ID')) {
    return new RelevoError('embedded_database_no_user', 'PostgreSQL needs an account with a name to run as', {
      hint: 'Run Relevo as a user that is listed in /etc/passwd, or set DATABASE_URL to a PostgreSQL server.',
      cause,
    });
  }
  return new RelevoError('embedded_database_failed', `the database in ${folder} could not be made: ${why}`, {
    hint: 'Check free space and permissions there, try another RELEVO_DATA, or set DATABASE_URL to a PostgreSQL server.',
    cause,
  });
}
