import type { Logger } from 'pino';
import { pino } from 'pino';

/** A log that a test can read. */
export interface HeardLog {
  readonly log: Logger;
  /** What was logged so far at a level: 30 information, 40 warning, 50 error. */
  messages(level: number): string[];
}

/** Makes a log that keeps its lines in memory. */
export function hearLog(): HeardLog {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return {
    log,
    messages: (level) => lines.filter((line) => line.level === level).map((line) => line.msg),
  };
}

/** A log that nobody reads. */
export const silentLog: Logger = pino({ level: 'silent' });
