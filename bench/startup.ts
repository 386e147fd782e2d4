import type { Note } from './figure.ts';
import type { Relevo } from './relevo.ts';
import { openVisitor } from './visitor.ts';

/** Time from the spawn to the first page, and to the first answer of the bot: on an empty folder, and again on a full one. */
export async function measureStartup(relevo: Relevo, noteFor: (part: string) => Note): Promise<void> {
  for (const which of ['first start', 'second start']) {
    const began = performance.now();
    const { url, startMs } = await relevo.start();
    const visitor = await openVisitor(url);
    await visitor.asks('no me funciona el internet');
    const answeredMs = performance.now() - began;
    visitor.close();
    const note = noteFor(`start-up, ${which}`);
    note('to the first page', startMs, 'ms', '< 15 s');
    note('to the first answer', answeredMs, 'ms');
    await relevo.stop();
  }
}
