import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type Ladder, parseLadder } from '../ladder-file.ts';

/** What watching `relevo.yaml` needs. */
export interface LadderWatchOptions {
  readonly path: string;
  /** What the file is called in a fault. */
  readonly name: string;
  /** Told of every change that is right; a file with faults is refused as a whole, and what was in force stays so. */
  readonly changed: (ladder: Ladder) => void;
  readonly log: Logger;
  /** How often the file is looked at, in milliseconds. Default 2,000. */
  readonly everyMs?: number;
  /** How long a change is left alone, for an editor that writes in pieces, in milliseconds. Default 300. */
  readonly settleMs?: number;
}

/** Looks after the file until it is stopped. */
export interface LadderWatch {
  stop(): void;
}

/**
 * Watches `relevo.yaml`. It is looked at rather than listened to: editors replace files, and mounted folders tell nobody.
 * Deadlines that are set stay as they are, whatever the file says from now on.
 */
export function watchLadder(options: LadderWatchOptions): LadderWatch {
  const { path, name, log } = options;
  let settling: NodeJS.Timeout | undefined;
  let newest = 0;
  let known: string | null = null;

  async function read(): Promise<void> {
    newest += 1;
    const mine = newest;
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      log.warn({ err: error }, `${name} cannot be read: what it said stays in force`);
      return;
    }
    if (mine !== newest || text === known) return;
    known = text;
    if (text.trim() === '') {
      log.warn(`${name} is empty: what it said before stays in force`);
      return;
    }
    const parsed = parseLadder(text, name);
    if ('faults' in parsed) {
      log.error({ faults: parsed.faults }, `${name} has faults: what it said before stays in force`);
      return;
    }
    options.changed(parsed.ladder);
    log.info(`${name} has changed: it is in force; deadlines that are set stay as they are`);
  }

  function listener(now: { mtimeMs: number; ino: number; size: number }, before: typeof now): void {
    if (now.mtimeMs === before.mtimeMs && now.ino === before.ino && now.size === before.size) return;
    clearTimeout(settling);
    settling = setTimeout(() => void read(), options.settleMs ?? 300);
  }

  watchFile(path, { interval: options.everyMs ?? 2_000, persistent: false }, listener);
  return {
    stop() {
      unwatchFile(path, listener);
      clearTimeout(settling);
      newest += 1;
    },
  };
}
