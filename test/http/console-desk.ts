import { openConsole } from '../../src/app-console.ts';
import type { BaseContent } from '../../src/core/article.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { Commit } from '../../src/core/event.ts';
import { randomIds, secretHash } from '../../src/core/ids.ts';
import { saveEngine, trainWithGates } from '../../src/kb/engine/engine.ts';
import type { TrainGates } from '../../src/kb/workbench/engines.ts';
import type { SettledGap } from '../../src/store/gaps.ts';
import { contentOf, memoryBases } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';
import { silentLog } from '../log.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { createMemoryCursors } from '../store/memory-cursors.ts';
import { createMemoryMissed, logOf } from '../store/memory-missed.ts';
import { createMemorySignals } from './memory-signals.ts';
import { startWeb } from './web.ts';

/** When everything happens. */
export const now = Date.UTC(2026, 0, 5, 12);

/** In this thread: starting others takes a test's time. */
export const trainHere: TrainGates = async (articles, options, rates) => {
  const { engine, gates } = trainWithGates(articles, options, rates);
  return { bytes: saveEngine(engine), gates };
};

/** The supervisors' console on a store in memory, with a base that Eva published. @param commits all that happened so far */
export async function openMemoryConsole(
  content: BaseContent,
  commits: () => readonly Commit[] = () => [],
  clock: Clock = { now: () => now },
) {
  const bases = memoryBases();
  await bases.saveDraft(content, 0);
  await bases.publish({ ...content, publishedAt: clock.now(), publishedBy: 'Eva', comment: 'first' });
  const settled: SettledGap[] = [];
  const store = {
    bases,
    gaps: { settled: async () => settled, settle: async (gap: SettledGap) => void settled.push(gap) },
    log: logOf(commits),
    missed: createMemoryMissed(),
    cursors: createMemoryCursors(),
    signals: createMemorySignals(),
    audit: createMemoryAudit().audit,
  };
  const desk = openConsole({
    store,
    knowledgeOf: (brand) => brand,
    train: trainHere,
    clock,
    ids: randomIds,
    log: silentLog,
  });
  // A relevo.yaml without brands: all that these pages ask of it.
  const settings = async () => ({ file: 'relevo.yaml', since: null, said: { brands: [] } });
  return { store, desk: { ...desk, settings } };
}

/** The same served, and a supervisor who calls it. */
export async function openConsoleDesk(
  given: Partial<BaseContent> = {},
  commits: readonly Commit[] = [],
  pagesFolder?: string,
) {
  const { store, desk } = await openMemoryConsole(contentOf(smallBase, given), () => commits);
  const { bases, signals, audit } = store;
  const web = await startWeb({
    deps: { console: desk },
    ...(pagesFolder === undefined ? {} : { settings: { pagesFolder } }),
  });
  const headers = { authorization: 'Bearer rlv_evaevaevaevaevaevaeva' };
  const hash = secretHash(headers.authorization.replace('Bearer ', ''));
  await web.accounts.addToken({ hash, name: 'Eva', role: 'supervisor', createdAt: 0 });
  return {
    bases,
    store,
    signals,
    /** What the supervisor's calls carry. */
    headers,
    /** At which address its pages are, where there is a folder of them. */
    listen: () => web.server.listen({ host: '127.0.0.1', port: 0 }),
    async call(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
      const url = `/api/console/${path}`;
      const answer = await web.server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
      return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
    },
    async audited(): Promise<[string, string][]> {
      return (await audit.list({ limit: 50 })).map(({ action, subject }) => [action, subject]);
    },
    async stop() {
      desk.workbench.close();
      await web.stop();
    },
  };
}
