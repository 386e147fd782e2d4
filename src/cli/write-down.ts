import { systemClock } from '../core/clock.ts';
import type { WriteDown, Writer } from '../kb/workbench/write-down.ts';
import type { Store } from '../store/store.ts';
import { by } from './kb-test.ts';

/** Who changes things in a terminal, for the audit log. @param reason in their own words; empty where none were given */
export function commandWriter(reason = ''): Writer {
  return { id: by, name: by, reason: reason.trim() };
}

/** Writes down in the store's audit log what a command changes. */
export function writeDownIn(audit: Pick<Store['audit'], 'add'>): WriteDown {
  return async ({ id, name, reason }, action, subject, before, after) => {
    await audit.add({ at: systemClock.now(), who: { id, name }, action, subject, reason, before, after });
  };
}
