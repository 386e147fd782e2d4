import { LRUCache } from 'lru-cache';
import type { Inlet } from '../channel.ts';

/** So many threads are asked for missed answers after an outage, the newest. */
const maxRecent = 300;
const listCursor = 'threads';

/** The threads that are conversations of ours: those in which we were called. Kept in cursors. */
export function createThreads(inlet: Pick<Inlet, 'cursor' | 'saveCursor'>) {
  const known = new LRUCache<string, true>({ max: 10_000 });
  let recent: Promise<string[]> | null = null;
  const list = (): Promise<string[]> => {
    recent ??= inlet.cursor(listCursor).then((text) => (text ?? '').split(' ').filter((key) => key !== ''));
    recent.catch(() => {
      recent = null;
    });
    return recent;
  };

  return {
    async has(channel: string, root: string): Promise<boolean> {
      const key = `${channel}:${root}`;
      if (known.has(key)) return true;
      if ((await inlet.cursor(`thread/${key}`)) === null) return false;
      known.set(key, true);
      return true;
    },
    /** Remembers a thread for good. */
    async add(channel: string, root: string): Promise<void> {
      const key = `${channel}:${root}`;
      if (known.has(key)) return;
      const keys = await list();
      if (!keys.includes(key)) {
        keys.push(key);
        keys.splice(0, Math.max(0, keys.length - maxRecent));
        await inlet.saveCursor(listCursor, keys.join(' '));
      }
      await inlet.saveCursor(`thread/${key}`, root);
      known.set(key, true);
    },
    /** The newest ones. */
    async recent(): Promise<{ readonly channel: string; readonly root: string }[]> {
      return (await list()).map((key) => {
        const [channel = '', root = ''] = key.split(':');
        return { channel, root };
      });
    },
  };
}
