import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEmbedded } from '../src/store/postgres/embedded.ts';
import { type Child, startChild } from './child.ts';

/** A Relevo as its operator runs it: the built program on a data folder of its own, with its embedded database. */
export interface Relevo {
  readonly folder: string;
  /** The process that runs now. @throws Error when none does */
  readonly child: Child;
  /** Starts it, on what is in the folder. */
  start(): Promise<Child>;
  stop(): Promise<void>;
  /** The running database's address. */
  databaseUrl(): Promise<string>;
  /** Stops it and throws its data away. */
  discard(): Promise<void>;
}

const program = join(import.meta.dirname, '../dist/server/relevo.js');

/**
 * @param nodeOptions for the measured process, such as `--cpu-prof`
 * @param variables settings beside those of every benchmark
 */
export async function createRelevo(
  nodeOptions: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
): Promise<Relevo> {
  const folder = await mkdtemp(join(tmpdir(), 'relevo-bench-'));
  // The embedded database runs as another user where we are root, and must be able to pass through.
  await chmod(folder, 0o755);
  let child: Child | null = null;

  async function stop(): Promise<void> {
    await child?.stop();
    child = null;
  }

  return {
    folder,
    get child() {
      if (child === null) throw new Error('Relevo was not started');
      return child;
    },
    async start() {
      const words = [...nodeOptions, '--enable-source-maps', program, 'start'];
      child = await startChild(words, { RELEVO_DATA: folder, LOG_LEVEL: 'warn', ...variables }, '/');
      return child;
    },
    stop,
    async databaseUrl() {
      const url = await findEmbedded({ dataFolder: folder });
      if (url === undefined) throw new Error('the embedded database does not run');
      return url;
    },
    async discard() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
