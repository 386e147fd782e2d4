import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

// Children get no environment of ours: it holds tokens, and the server may run as another user.
// With the C locale their messages are the ones we look for.
const BARE_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

/** The account that the database server runs as, when it is not our own. */
export type ServerUser = {
  /** Numeric user id. */
  readonly uid: number;
  /** Numeric id of its first group. */
  readonly gid: number;
};

/** What is known of a living process. */
export type ProcessFacts = {
  /** When it started, in the system's own words: equal only for the very same process. */
  readonly started: string;
  /** Its command line, words separated by one space. */
  readonly command: string;
};

/**
 * What every program we start is given: a bare environment, a working folder and the user to run as.
 *
 * @param user whom to run as; undefined for ourselves
 * @param folder the working folder, which that user must be able to enter
 */
export function spawnSettings(
  user: ServerUser | undefined,
  folder: string,
): { env: Record<string, string>; cwd: string; uid?: number; gid?: number } {
  return { env: BARE_ENVIRONMENT, cwd: folder, ...(user && { uid: user.uid, gid: user.gid }) };
}

/**
 * Runs a program to its end and gives what it wrote.
 *
 * @param file the program, a path or a name looked up in the usual folders
 * @param words its arguments, passed as they are (no shell)
 * @param user whom to run it as; undefined for ourselves
 * @param folder its working folder
 * @throws Error with the end of what it wrote to its error output, when it fails or cannot be started
 */
export async function run(
  file: string,
  words: readonly string[],
  user?: ServerUser,
  folder = '/',
): Promise<string> {
  const { stdout } = await execFileAsync(file, [...words], spawnSettings(user, folder));
  return stdout.trim();
}

/**
 * The space in which process ids have a meaning: one boot of one machine and, on Linux, one container.
 * Two processes with the same answer can look each other up by id.
 */
export async function processSpace(): Promise<string> {
  if (process.platform !== 'linux') return hostname();
  const [boot, namespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => hostname()),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return `${boot.trim()} ${namespace}`;
}

/**
 * Looks a process up.
 *
 * @param pid its id
 * @returns undefined when no such process lives; one that has ended and was not yet collected is not alive
 */
export async function inspectProcess(pid: number): Promise<ProcessFacts | undefined> {
  return process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
}

async function fromProc(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in brackets that may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    return { started: fields[19] ?? '', command: command.split('\0').join(' ') };
  } catch {
    return undefined;
  }
}

async function fromPs(pid: number): Promise<ProcessFacts | undefined> {
  const line = await run('ps', ['-o', 'stat=,lstart=,args=', '-p', String(pid)]).catch(() => '');
  const found = /^(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\d{4})\s+(.*)$/.exec(line);
  if (!found || found[1]?.startsWith('Z')) return undefined;
  return { started: found[2] ?? '', command: found[3] ?? '' };
}
