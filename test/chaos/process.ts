import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '../../src/role.ts';
import { freePort } from '../redis-server.ts';

/** One process of the built program. */
export interface RelevoChild {
  readonly role: Role;
  /** Where it answers, without a slash at the end; null while it does not. */
  readonly url: string | null;
  /** Epoch milliseconds since which it is ready; null while it is not. */
  readonly readyAt: number | null;
  /** All it has said. */
  readonly output: string;
  /** Resolves once it answers. @throws Error with what it said when it ends before */
  ready(): Promise<void>;
  /** Resolves when it has ended, with its exit code; null: it was killed. */
  readonly ended: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** Whether it is stopped by a signal and can be continued. */
  isStopped(): Promise<boolean>;
}

const program = join(import.meta.dirname, '../../dist/server/relevo.js');

/** Starts one. @param env all its settings beside those of every one */
export async function startChild(
  role: Role,
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<RelevoChild> {
  const { PATH = '', HOME = '' } = process.env;
  const port = await freePort();
  const settings = {
    PATH,
    HOME,
    PORT: String(port),
    RELEVO_DATA: folder,
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
    ...env,
  };
  const child: ChildProcess = spawn(process.execPath, [program, 'start', '--role', role], {
    env: settings,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let url: string | null = null;
  let readyAt: number | null = null;
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-200_000);
      if (readyAt !== null || !output.includes('Ctrl-C')) return;
      url = `http://127.0.0.1:${port}`;
      readyAt = Date.now();
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    ended.then(
      (code) =>
        reject(new Error(`a ${role} ended with ${code} before it was ready:\n${output.slice(-3_000)}`)),
      reject,
    );
  });
  ready.catch(() => undefined);
  ended.then(
    () => {
      url = null;
      readyAt = null;
    },
    () => undefined,
  );
  return {
    role,
    get url() {
      return url;
    },
    get readyAt() {
      return readyAt;
    },
    get output() {
      return output;
    },
    ready: () => ready,
    ended,
    signal: (name) => void child.kill(name),
    async isStopped() {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
      return / T /u.test(stat.slice(stat.lastIndexOf(')')));
    },
  };
}

/** Waits until something is so. @throws Error when it never is */
export async function until(
  what: string,
  withinMs: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
    await pause(50);
  }
}
