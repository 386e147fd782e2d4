import { RelevoError } from '../core/errors.ts';
import type { Cursors } from '../store/cursors.ts';
import type { Signals } from '../store/signals.ts';
import type { Colleague } from './staff.ts';

/** Who is away, the same for every desk: a case is offered to nobody who is. */
export interface Presence {
  /** The agents who are away, by id. */
  away(): Promise<ReadonlySet<string>>;
  /** Says whether somebody is away. Desks hear of it on `agent/<id>`. */
  setAway(who: Pick<Colleague, 'ids'>, away: boolean): Promise<void>;
}

const name = 'desk/away';
const maxTries = 100;

/** Keeps who is away in one cursor, so that it is read at once for all. */
export function createPresence(
  cursors: Pick<Cursors, 'get' | 'replace'>,
  signals: Pick<Signals, 'publish'>,
): Presence {
  return {
    away: async () => new Set(idsIn(await cursors.get(name))),
    async setAway({ ids }, away) {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const before = await cursors.get(name);
        const others = idsIn(before).filter((id) => !ids.includes(id));
        const after = JSON.stringify(away ? [...others, ids[0]] : others);
        if (after === before || (await cursors.replace(name, before, after))) {
          for (const id of ids) signals.publish(`agent/${id}`);
          return;
        }
      }
      throw new RelevoError('presence_contended', 'too many people come and go at once', {
        hint: 'Send it again: nothing was stored.',
      });
    },
  };
}

/** Whether somebody is among those who are away. Pure. */
export function isAway({ ids }: Pick<Colleague, 'ids'>, away: ReadonlySet<string>): boolean {
  return ids.some((id) => away.has(id));
}

function idsIn(text: string | null): string[] {
  const read: unknown = text === null ? [] : JSON.parse(text);
  return Array.isArray(read) ? read.filter((id) => typeof id === 'string') : [];
}
