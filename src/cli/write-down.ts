import { userInfo } from 'node:os';
import { systemClock } from '../core/clock.ts';
import type { WriteDown, Writer } from '../kb/workbench/write-down.ts';
import type { Store } from '../store/store.ts';

/**
 * Who changes things in a terminal: the operating system's user, said to be one.
 * @param reason in their own words; empty where none were given
 */
export function commandWriter(reason = ''): Writer {
  const user = systemUser();
  return { id: `command-line:${user}`, name: `${user} (command line)`, reason: reason.trim() };
}

/** Writes down in the store's audit log what a command changes. */
export function writeDownIn(audit: Pick<Store['audit'], 'add'>): WriteDown {
  return async ({ id, name, reason }, action, subject, before, after) => {
    await audit.add({ at: systemClock.now(), who: { id, name }, action, subject, reason, before, after });
  };
}

/** The name of the user that runs this; in a container one may have a number alone. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return String(process.getuid?.() ?? 'unknown');
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
