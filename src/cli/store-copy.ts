import type { Logger } from 'pino';
import { RelevoError } from '../core/errors.ts';
import type { Kind } from '../store/contents.ts';
import { type Copied, copyContents } from '../store/copy.ts';
import { openContents } from '../store/open-contents.ts';
import { openStore } from '../store/open-store.ts';

const known = /^(?:postgres|postgresql|mongodb|mongodb\+srv):\/\//u;

/**
 * Copies a whole store to another and makes the read models there.
 * @param progress called now and then
 * @throws RelevoError `bad_address`, `store_not_empty`, `copy_differs`, and what the stores throw
 */
export async function copyStore(
  { from, to, log }: { readonly from: string; readonly to: string; readonly log: Logger },
  progress: (kind: Kind, moved: number) => void,
): Promise<Copied & { readonly from: string; readonly to: string }> {
  for (const url of [from, to]) {
    if (known.test(url)) continue;
    throw new RelevoError('bad_address', 'this is the address of no store', {
      hint: 'Expected postgres://user:password@host:5432/relevo or mongodb://user:password@host:27017/relevo.',
    });
  }
  const source = await openStore({ url: from, log });
  try {
    const target = await openStore({ url: to, log });
    try {
      const [reading, writing] = [await openContents(from, log), await openContents(to, log)];
      try {
        const copied = await copyContents(reading, writing, source.description, progress);
        await target.rebuild(() => undefined);
        return { ...copied, from: source.description, to: target.description };
      } finally {
        await Promise.all([reading.stop(), writing.stop()]);
      }
    } finally {
      await target.stop();
    }
  } finally {
    await source.stop();
  }
}
