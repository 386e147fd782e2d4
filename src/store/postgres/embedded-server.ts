import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RelevoError } from '../../core/errors.ts';
import type { Binaries } from './embedded-binaries.ts';
import { type Passwords, servedFolder } from './embedded-cluster.ts';
import { inspectProcess, run, type ServerUser, spawnSettings } from './embedded-process.ts';
import { serverWords } from './embedded-settings.ts';

const LOG_LIMIT_BYTES = 1_000_000;
const RECOVERY_LIMIT_MS = 10 * 60_000;
const SILENCE_LIMIT_MS = 10_000;
const POLL_MS = 20;

/** What a server needs to be found, started and stopped. */
export type ServerPlace = {
  /** The database's folder; the data is in `data`, the server's log in `server.log`. */
  readonly folder: string;
  /** The account of the server; undefined for our own. */
  readonly user: ServerUser | undefined;
  readonly binaries: Binaries;
  readonly passwords: Passwords;
};

type PidFile = { pid: number; port: number; memory: string; status: string };

/**
 * Finds a server that an earlier process left running on this folder, and waits until it answers.
 * What a crash of the machine left behind is cleared away where it would stop a new server.
 *
 * @returns its port; undefined when none is running
 * @throws RelevoError `embedded_database_failed` when it runs and cannot be used
 */
export async function findRunningServer(place: ServerPlace): Promise<number | undefined> {
  const data = join(place.folder, 'data');
  const began = performance.now();
  for (;;) {
    const file = await readPidFile(data);
    if (!file) return undefined;
    if (!(await isServerOf(data, file.pid))) {
      // The old server's helpers end a moment after it, and only then may its leftovers go.
      if ((await clearPidFile(data, file)) || performance.now() - began > SILENCE_LIMIT_MS) return undefined;
      await sleep(POLL_MS);
      continue;
    }
    const served = await servedFolder(file.port, place.passwords).catch((cause: unknown) => {
      const patience = isTransient(cause) || file.status !== 'ready' ? RECOVERY_LIMIT_MS : SILENCE_LIMIT_MS;
      if (performance.now() - began < patience) return undefined;
      throw failed(place.folder, `the server that runs there (process ${file.pid}) does not answer`, cause);
    });
    if (served === data) return file.port;
    if (served !== undefined) throw failed(place.folder, `port ${file.port} serves other data, in ${served}`);
    await sleep(10 * POLL_MS);
  }
}

/**
 * Starts the server in a session of its own, so that a terminal's Ctrl-C does not reach it, and waits
 * until it takes connections.
 *
 * @param onExit called if the server ends while this process lives, stopped by us or not
 * @returns its port on 127.0.0.1
 * @throws RelevoError `embedded_database_failed`
 */
export async function startServer(place: ServerPlace, onExit: () => void): Promise<number> {
  const data = join(place.folder, 'data');
  const logPath = join(place.folder, 'server.log');
  await rotateLog(logPath);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const log = await open(logPath, 'a', 0o600);
    const { size } = await log.stat();
    try {
      // Not pg_ctl start: it puts the paths into a shell command, and does not say why a start failed.
      const child = spawn(place.binaries.postgres, serverWords(data, port), {
        ...spawnSettings(place.user, place.folder),
        stdio: ['ignore', log.fd, log.fd],
        detached: true,
      });
      child.unref();
      if (await becomesReady(child, data)) {
        child.once('exit', onExit);
        return port;
      }
    } catch (cause) {
      throw failed(place.folder, 'its server could not be started', cause);
    } finally {
      await log.close();
    }
    const said = (await readFile(logPath)).subarray(size).toString('utf8').trim();
    const portTaken = said.includes('could not bind');
    if (!portTaken || attempt === 5) throw failed(place.folder, `its server gave up: ${said.slice(-1_000)}`);
  }
}

/**
 * Stops the server: connections are closed, what is committed stays. Fine when none is running.
 *
 * @throws RelevoError `embedded_database_failed` when it cannot be stopped
 */
export async function stopServer(place: ServerPlace): Promise<void> {
  const data = join(place.folder, 'data');
  const file = await readPidFile(data);
  if (!file || !(await isServerOf(data, file.pid))) return;
  const stop = (mode: string) =>
    run(
      place.binaries.pgCtl,
      ['stop', '-D', data, '-m', mode, '-w', '-t', '60', '-s'],
      place.user,
      place.folder,
    );
  try {
    // Immediate is what a crash would be: committed data survives, the next start takes longer.
    await stop('fast').catch(async () => ((await readPidFile(data)) ? stop('immediate') : ''));
  } catch (cause) {
    throw failed(place.folder, `its server (process ${file.pid}) could not be stopped`, cause);
  }
  while (await isServerOf(data, file.pid)) await sleep(POLL_MS);
}

async function becomesReady(child: ChildProcess, data: string): Promise<boolean> {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  // Rejects with the reason when the program cannot be started at all.
  await once(child, 'spawn');
  const deadline = Date.now() + RECOVERY_LIMIT_MS;
  while (!ended) {
    const file = await readPidFile(data);
    if (file && file.pid === child.pid && file.status === 'ready') return true;
    if (Date.now() > deadline)
      throw new Error('it is still recovering after ten minutes; it goes on doing so');
    await sleep(POLL_MS);
  }
  return false;
}

// By its words rather than its working folder, which root in a container may not read.
async function isServerOf(data: string, pid: number): Promise<boolean> {
  const facts = await inspectProcess(pid);
  return facts !== undefined && `${facts.command} `.includes(` ${data} `);
}

async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const [pid, , , port, , , memory, status] = (text ?? '').split('\n');
  if (!Number(pid)) return undefined;
  return { pid: Number(pid), port: Number(port), memory: memory?.trim() ?? '', status: status?.trim() ?? '' };
}

// PostgreSQL clears its own leftovers, unless the process id meanwhile belongs to someone else. Then it
// must not be cleared either while any process is attached to the old server's memory.
async function clearPidFile(data: string, file: PidFile): Promise<boolean> {
  const [key, id] = file.memory.split(/\s+/);
  const table = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => '');
  const attached = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some((row) => row[0] === key && row[1] === id && Number(row[6]) > 0);
  if (attached) return false;
  if (isTaken(file.pid)) await rm(join(data, 'postmaster.pid'), { force: true });
  return true;
}

// Also true of a process that has ended and was not collected, which PostgreSQL takes for alive.
function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH');
  }
}

async function rotateLog(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && found.size > LOG_LIMIT_BYTES) await rename(path, `${path}.1`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port was given');
  return address.port;
}

function isTransient(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === '57P03';
}

function failed(folder: string, why: string, cause?: unknown): RelevoError {
  const more = cause instanceof Error ? `: ${cause.message}` : '';
  return new RelevoError('embedded_database_failed', `the database in ${folder}: ${why}${more}`, {
    hint: `See server.log in ${folder}. Another folder can be set with RELEVO_DATA, a PostgreSQL server with DATABASE_URL.`,
    cause,
  });
}
