import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineVariables } from '../engines.ts';

/** A Relevo as its operator runs it: the built program in a process of its own, on its own data folder. */
export interface RelevoProcess {
  /** Where it answers, without a slash at the end. Another one after each start. */
  readonly url: string;
  /** All it has printed since its last start. */
  readonly output: string;
  /** `kill -9`, without a new start. */
  kill(): Promise<void>;
  /** `kill -9`, then a new start on the same data: what a crash is. */
  crash(): Promise<void>;
  /** Stops it as Ctrl-C does. @returns the exit code */
  stop(): Promise<number | null>;
  /** Starts it again after a stop. */
  start(): Promise<void>;
  /** Stops it and throws its data away. */
  discard(): Promise<void>;
}

const program = join(import.meta.dirname, '../../dist/server/relevo.js');
const startWithinMs = 60_000;

/**
 * Starts the built program.
 * @param env further settings; nothing else is set but a free port and the data folder
 * @throws Error with the program's output when it does not start
 */
export async function startRelevo(env: Readonly<Record<string, string>> = {}): Promise<RelevoProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-flow-'));
  // The embedded database runs as another user where we are root, and must be able to pass through.
  await chmod(folder, 0o755);
  let child: ChildProcess | null = null;
  let url = '';
  let output = '';

  async function start(): Promise<void> {
    output = '';
    const { PATH = '', HOME = '' } = process.env;
    const settings = {
      PATH,
      HOME,
      PORT: '0',
      RELEVO_DATA: folder,
      LOG_LEVEL: 'warn',
      ...(await engineVariables(env.RELEVO_DATA ?? folder)),
      ...env,
    };
    const mine = spawn(process.execPath, ['--enable-source-maps', program, 'start'], { env: settings });
    child = mine;
    const ready = new Promise<string>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk.toString();
        const address = /Customer's chat\s+(http\S+)\//u.exec(output)?.[1];
        if (address !== undefined && output.includes('Ctrl-C')) resolve(address);
      };
      mine.stdout.on('data', hear);
      mine.stderr.on('data', hear);
      mine.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${output}`)));
      const tooLate = () => reject(new Error(`it did not start in time:\n${output}`));
      setTimeout(tooLate, startWithinMs).unref();
    });
    try {
      url = await ready;
    } catch (cause) {
      // What has not started may not stop when it is asked to either.
      mine.kill('SIGKILL');
      throw cause;
    }
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child === null || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  await start();
  return {
    get url() {
      return url;
    },
    get output() {
      return output;
    },
    async kill() {
      await end('SIGKILL');
    },
    async crash() {
      await end('SIGKILL');
      await start();
    },
    stop: () => end('SIGINT'),
    start,
    async discard() {
      await end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
