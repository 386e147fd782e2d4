import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** What a process uses after its garbage was collected. */
export interface Use {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Since its start, all its threads together. */
  readonly cpuMs: number;
}

/** A measured process. */
export interface Child {
  readonly url: string;
  /** From its spawn to the first 200 of the path it was waited for. */
  readonly startMs: number;
  use(): Promise<Use>;
  /** Asks it to end as Ctrl-C does and waits for it. */
  stop(): Promise<void>;
}

const probe = new URL('./probe.mjs', import.meta.url).href;
const startWithinMs = 120_000;

/**
 * Starts a Node.js program that listens on PORT and waits until it answers.
 * @param words the program and its arguments, Node's own options first
 * @param path what must answer with 200
 * @throws Error with what it wrote when it ends or does not answer in time
 */
export async function startChild(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  path: string,
): Promise<Child> {
  const { PATH = '', HOME = '' } = process.env;
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '--import', probe, ...words], {
    env: { PATH, HOME, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url + path))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() - began > startWithinMs) {
      child.kill('SIGKILL');
      throw new Error(`${words.join(' ')} does not answer:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const startMs = performance.now() - began;
  return { url, startMs, use: () => useOf(child), stop: () => end(child) };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

async function useOf(child: ChildProcess): Promise<Use> {
  const answer = once(child, 'message');
  child.send('measure');
  const [use] = (await answer) as [Use];
  return use;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
