import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const program = join(import.meta.dirname, '../../dist/server/relevo.js');
const endsWithinMs = 55_000;

/**
 * Runs the built `relevo` as its user does, in the checkout's folder, with nothing set but what is given.
 * A command that hangs is killed: its code is null.
 */
export async function relevo(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [program, ...words], { env: { PATH, HOME, ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const hung = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
  await once(child, 'close');
  clearTimeout(hung);
  return { code: child.exitCode, out, err };
}

/** A new folder that the embedded database can use: as root it runs under another account, which must be able to enter. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-cli-'));
  await chmod(folder, 0o755);
  return folder;
}
