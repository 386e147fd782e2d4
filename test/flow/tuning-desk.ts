import { fileURLToPath } from 'node:url';
import type { Article } from '../../src/core/article.ts';
import type { Commit } from '../../src/core/event.ts';
import type { Store } from '../../src/store/store.ts';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { openMemoryConsole } from '../http/console-desk.ts';
import { startWeb } from '../http/web.ts';
import { contentOf } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';
import { tuningGolden } from './tuning-base.ts';

const pagesFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));

/** The console's pages and routes over a store in memory, with what customers asked. */
export async function startTuningDesk(
  more: readonly Article[],
  asked: readonly string[],
): Promise<{ readonly url: string; readonly bases: Store['bases']; stop(): Promise<void> }> {
  const commits = asked.flatMap(askedCommits);
  const content = contentOf([...smallBase, ...more], { golden: tuningGolden });
  const { store, desk } = await openMemoryConsole(content, () => commits, { now: () => Date.now() });
  const web = await startWeb({ deps: { console: desk }, settings: { pagesFolder } });
  const url = await web.server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    bases: store.bases,
    async stop() {
      desk.workbench.close();
      await web.stop();
    },
  };
}

function askedCommits(text: string, place: number): Commit[] {
  const conversation = `asked-${place}`;
  const address = { channel: 'webchat', account: 'main', user: conversation };
  const events = [
    started({ number: place + 1, address }),
    wrote(text),
    turn({ kind: 'answered', confidence: 0.9 }),
  ];
  return commitsOf(conversation, [events], () => Date.now() - 60_000 + place);
}
