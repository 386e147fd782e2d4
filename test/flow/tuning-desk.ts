import { fileURLToPath } from 'node:url';
import { openConsole } from '../../src/app-console.ts';
import type { Article } from '../../src/core/article.ts';
import type { Commit, Event } from '../../src/core/event.ts';
import { randomIds } from '../../src/core/ids.ts';
import { saveEngine, trainWithGates } from '../../src/kb/engine/engine.ts';
import type { Store } from '../../src/store/store.ts';
import { createMemorySignals } from '../http/memory-signals.ts';
import { startWeb } from '../http/web.ts';
import { contentOf, memoryBases } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';
import { silentLog } from '../log.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { createMemoryCursors } from '../store/memory-cursors.ts';
import { createMemoryMissed, logOf } from '../store/memory-missed.ts';
import { tuningGolden } from './tuning-base.ts';

const pagesFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));

/** The console's pages and routes over a store in memory, with what customers asked. */
export async function startTuningDesk(
  more: readonly Article[],
  asked: readonly string[],
): Promise<{ readonly url: string; readonly bases: Store['bases']; stop(): Promise<void> }> {
  const bases = memoryBases();
  const content = contentOf([...smallBase, ...more], { golden: tuningGolden });
  await bases.saveDraft(content, 0);
  await bases.publish({ ...content, publishedAt: Date.now(), publishedBy: 'Eva', comment: '' });
  const commits = asked.map(askedCommit);
  const log = logOf(() => commits);
  const { audit } = createMemoryAudit();
  const console = openConsole({
    store: {
      bases,
      gaps: { settled: async () => [], settle: async () => undefined },
      log,
      missed: createMemoryMissed(),
      cursors: createMemoryCursors(),
      signals: createMemorySignals(),
      audit,
    } as Parameters<typeof openConsole>[0]['store'],
    knowledgeOf: (brand) => brand,
    train: async (articles, options, rates) => {
      const { engine, gates } = trainWithGates(articles, options, rates);
      return { bytes: saveEngine(engine), gates };
    },
    clock: { now: () => Date.now() },
    ids: randomIds,
    log: silentLog,
  });
  const web = await startWeb({ deps: { console }, settings: { pagesFolder } });
  const url = await web.server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    bases,
    async stop() {
      console.workbench.close();
      await web.stop();
    },
  };
}

function askedCommit(text: string, place: number): Commit {
  const conversation = `asked-${place}`;
  const address = { channel: 'webchat', account: 'main', user: conversation };
  const events: Event[] = [
    { type: 'started', ordinal: 1, number: place + 1, address, language: 'es', idleAt: 0 },
    { type: 'customer-wrote', externalId: conversation, content: { kind: 'text', text } },
    {
      type: 'bot-took-turn',
      throughSeq: 1,
      language: 'es',
      memory: null,
      outcome: { kind: 'answered', confidence: 0.9 },
      intake: null,
      idleAt: 0,
    },
  ];
  const at = Date.now() - 60_000 + place;
  return { conversation, seq: 1, at, by: { kind: 'bot' }, key: null, events, effects: [] };
}
