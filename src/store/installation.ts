import { randomUUID } from 'node:crypto';
import type { Cursors } from './cursors.ts';

const name = 'relevo/installation';

/** The name of the installation whose data a store holds; an empty store is given one. The same for every engine. */
export async function nameInstallation(cursors: Pick<Cursors, 'get' | 'replace'>): Promise<string> {
  for (;;) {
    const known = await cursors.get(name);
    if (known !== null) return known;
    await cursors.replace(name, null, randomUUID());
  }
}
