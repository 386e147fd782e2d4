import { fileURLToPath } from 'node:url';
import type { Article, BaseContent } from '../../src/core/article.ts';
import type { Commit } from '../../src/core/event.ts';
import type { Store } from '../../src/store/store.ts';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { openMemoryConsole } from '../http/console-desk.ts';
import { startWeb } from '../http/web.ts';
import { contentOf } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';
import { tuningGolden } from './tuning-base.ts';

const pagesFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));

/** What the base holds beside its articles, and what else customers asked. */
export interface Tuning extends Partial<Omit<BaseContent, 'articles'>> {
  /** What the bot did not know. */
  readonly unknown?: readonly string[];
}

/** The console's pages and routes over a store in memory, with what customers asked. */
export async function startTuningDesk(
  more: readonly Article[],
  asked: readonly string[],
  { unknown = [], ...tuning }: Tuning = {},
): Promise<{
  readonly url: string;
  readonly bases: Store['bases'];
  readonly audit: Pick<Store['audit'], 'add'>;
  stop(): Promise<void>;
}> {
  const answered = asked.flatMap((text, place) => askedCommits(text, place, 'answered'));
  const others = unknown.flatMap((text, place) => askedCommits(text, asked.length + place, 'unknown'));
  const commits = [...answered, ...others];
  const content = contentOf([...smallBase, ...more], { golden: tuningGolden, ...tuning });
  const { store, desk } = await openMemoryConsole(content, () => commits, { now: () => Date.now() });
  const web = await startWeb({ deps: { console: desk }, settings: { pagesFolder } });
  const url = await web.server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    bases: store.bases,
    audit: store.audit,
    async stop() {
      desk.workbench.close();
      await web.stop();
    },
  };
}

function askedCommits(text: string, place: number, kind: 'answered' | 'unknown'): Commit[] {
  const conversation = `asked-${place}`;
  const address = { channel: 'webchat', account: 'main', user: conversation };
  const events = [
    started({ number: place + 1, address }),
    wrote(text),
    turn({ kind, confidence: kind === 'answered' ? 0.9 : 0.1 }),
  ];
  return commitsOf(conversation, [events], () => Date.now() - 60_000 + place);
}
