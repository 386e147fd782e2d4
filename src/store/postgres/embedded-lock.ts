import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RelevoError } from '../../core/errors.ts';
import { inspectProcess, processSpace } from './embedded-process.ts';

const LOCK_FILE = 'relevo.lock';
const HEARTBEAT_MS = 2_000;
const SETTLE_MS = 25;
const SILENCE_MS = 3 * HEARTBEAT_MS;

/** The right to use one folder, held until it is released or the process ends. */
export type FolderLock = {
  /** Gives the folder free. May be called more than once. */
  release(): Promise<void>;
};

type Holder = { pid: number; started: string; space: string; token: string };

/**
 * Takes a folder for this process alone. A lock whose holder no longer lives is taken over.
 * A holder in another container or on another machine cannot be looked up by its process id;
 * it counts as alive while it keeps touching the file, which takes up to six seconds to find out.
 *
 * @param folder the folder to take; must exist and be writable
 * @throws RelevoError `data_folder_in_use` when another living process holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, LOCK_FILE);
  const self = await inspectProcess(process.pid);
  const holder: Holder = {
    pid: process.pid,
    started: self?.started ?? '',
    space: await processSpace(),
    token: randomUUID(),
  };
  for (let attempt = 0; attempt < 10; attempt++) {
    // One that takes over an old lock may for a moment hold the new one; what is there after it settles counts.
    if (await create(path, holder)) await sleep(SETTLE_MS);
    const other = await read(path);
    if (other?.token === holder.token) return heldLock(path, holder);
    if (other && (await isAlive(other, holder, path))) throw inUse(folder, other);
    await discard(path, other);
  }
  throw inUse(folder, await read(path));
}

async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(holder));
    } finally {
      await file.close();
    }
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw cause;
  }
}

async function read(path: string): Promise<Holder | undefined> {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      const value: unknown = JSON.parse(await readFile(path, 'utf8'));
      return isHolder(value) ? value : undefined;
    } catch (cause) {
      if (hasCode(cause, 'ENOENT')) return undefined;
      // Created but not yet written by its holder, or cut short by a crash: only time tells which.
      await sleep(50);
    }
  }
  return undefined;
}

async function isAlive(other: Holder, self: Holder, path: string): Promise<boolean> {
  if (other.space === self.space) {
    const facts = await inspectProcess(other.pid);
    // A process id is given out again, so the same number alone proves nothing.
    return facts !== undefined && facts.started === other.started;
  }
  const before = await lastTouched(path);
  if (before === undefined || Date.now() - before > 60_000) return false;
  const deadline = Date.now() + SILENCE_MS;
  while (Date.now() < deadline) {
    await sleep(200);
    const now = await lastTouched(path);
    if (now === undefined) return false;
    if (now !== before) return true;
  }
  return false;
}

async function lastTouched(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}

// Renaming succeeds for one process only; what it then finds in its hands shows whether a third
// process had meanwhile taken the folder, in which case the lock goes back.
async function discard(path: string, expected: Holder | undefined): Promise<void> {
  if ((await read(path))?.token !== expected?.token) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return;
    throw cause;
  }
  const taken = await read(aside);
  if (taken && taken.token !== expected?.token) await rename(aside, path);
  else await rm(aside, { force: true });
}

function heldLock(path: string, holder: Holder): FolderLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A missed beat is harmless: holders in the same process space are looked up instead.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      if ((await read(path))?.token === holder.token) await rm(path, { force: true });
    },
  };
}

function inUse(folder: string, other: Holder | undefined): RelevoError {
  const who = other ? `process ${other.pid}` : 'another process';
  return new RelevoError('data_folder_in_use', `${who} is already using the database in ${folder}`, {
    hint: `Stop ${who}, or give this one a folder of its own with RELEVO_DATA. For several processes on the same data, run a PostgreSQL server and set DATABASE_URL in all of them.`,
  });
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, started, space, token } = value as Record<string, unknown>;
  return (
    typeof pid === 'number' &&
    typeof started === 'string' &&
    typeof space === 'string' &&
    typeof token === 'string'
  );
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
