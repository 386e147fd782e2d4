import { RelevoError } from '../core/errors.ts';
import type { Leadership } from '../core/leadership.ts';
import type { Cursors } from './cursors.ts';

/** Cursors of what only one process may do: each value has the number of the hold under which it was written. */
export type FencedCursors = Pick<Cursors, 'get' | 'set'>;

/**
 * Makes them. A process that was stopped, lost its lead and goes on cannot set a cursor back: what a later holder has
 * written stays.
 */
export function createFencedCursors(cursors: Cursors, leadership: Pick<Leadership, 'fence'>): FencedCursors {
  return {
    async get(name) {
      const text = await cursors.get(name);
      return text === null ? null : parse(text).value;
    },
    async set(name, value) {
      const fence = leadership.fence();
      for (;;) {
        const text = await cursors.get(name);
        if (text !== null && parse(text).fence > fence) {
          throw new RelevoError('lead_lost', 'another process does this now: nothing was written', {
            hint: 'Nothing has to be done: this process was held up, and the other one has taken over.',
          });
        }
        if (await cursors.replace(name, text, `#${fence} ${value}`)) return;
      }
    },
  };
}

/** A value without a number is from before there were any. */
function parse(text: string): { readonly fence: number; readonly value: string } {
  const [, fence, value] = /^#(\d+) (.*)$/su.exec(text) ?? [];
  return fence === undefined || value === undefined
    ? { fence: 0, value: text }
    : { fence: Number(fence), value };
}
