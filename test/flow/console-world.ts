import { fileURLToPath } from 'node:url';
import { openConsole } from '../../src/app-console.ts';
import type { Article, GoldenQuestion } from '../../src/core/article.ts';
import type { Commit, Event } from '../../src/core/event.ts';
import { randomIds } from '../../src/core/ids.ts';
import { saveEngine, trainWithGates } from '../../src/kb/engine/engine.ts';
import type { TrainGates } from '../../src/kb/workbench/engines.ts';
import type { SettledGap } from '../../src/store/gaps.ts';
import { createMemorySignals } from '../http/memory-signals.ts';
import { startWeb } from '../http/web.ts';
import { contentOf, memoryBases } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';
import { silentLog } from '../log.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { createMemoryCursors } from '../store/memory-cursors.ts';
import { createMemoryMissed, logOf } from '../store/memory-missed.ts';

const golden: readonly GoldenQuestion[] = [
  { question: 'no funciona internet', language: 'es', article: 'internet-no-funciona' },
  { question: '¿llueve mañana?', language: 'es', article: null },
];

/** A question that the bot did not settle; `answer`: what somebody of ours said to it. */
export interface Missed {
  readonly question: string;
  readonly answer?: string;
}

/** The console's pages over a store in memory, where nobody has to sign in. */
export interface ConsoleWorld {
  readonly url: string;
  call<T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<T>;
  stop(): Promise<void>;
}

/** Starts it on a small base that somebody published. @param more articles beside those of the small base */
export async function startConsoleWorld(
  more: readonly Article[],
  missed: readonly Missed[] = [],
): Promise<ConsoleWorld> {
  const bases = memoryBases();
  const content = contentOf([...smallBase, ...more], { golden });
  await bases.saveDraft(content, 0);
  await bases.publish({ ...content, publishedAt: Date.now(), publishedBy: 'Eva', comment: '' });
  const settled: SettledGap[] = [];
  const log = missed.flatMap(commitsOf);
  const opened = openConsole({
    store: {
      bases,
      gaps: { settled: async () => settled, settle: async (gap) => void settled.push(gap) },
      log: logOf(() => log),
      missed: createMemoryMissed(),
      cursors: createMemoryCursors(),
      signals: createMemorySignals(),
      audit: createMemoryAudit().audit,
    },
    knowledgeOf: (brand) => brand,
    train,
    clock: { now: () => Date.now() },
    ids: randomIds,
    log: silentLog,
  });
  const pagesFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));
  const web = await startWeb({ settings: { pagesFolder }, deps: { console: opened } });
  const url = await web.server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    async call<T>(method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) {
      const address = `/api/console/${path}`;
      const answer = await web.server.inject({ method, url: address, ...(payload ? { payload } : {}) });
      if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
      return (answer.body === '' ? undefined : answer.json()) as T;
    },
    async stop() {
      opened.workbench.close();
      await web.stop();
    },
  };
}

/** In this thread: starting others takes a test's time. */
const train: TrainGates = async (articles, options, rates) => {
  const { engine, gates } = trainWithGates(articles, options, rates);
  return { bytes: saveEngine(engine), gates };
};

function commitsOf({ question, answer }: Missed, place: number): Commit[] {
  const conversation = `c${place}`;
  const at = Date.now() - 60_000 * (place + 1);
  const address = { channel: 'webchat', account: 'main', user: conversation };
  const steps: Event[][] = [
    [
      { type: 'started', ordinal: 1, number: place + 1, address, language: 'es', idleAt: 0 },
      { type: 'customer-wrote', externalId: 'x', content: { kind: 'text', text: question } },
    ],
    [
      {
        type: 'bot-took-turn',
        throughSeq: 1,
        language: 'es',
        memory: null,
        outcome: { kind: 'unknown', confidence: 0.1 },
        intake: null,
        idleAt: 0,
      },
      ...(answer === undefined
        ? []
        : [{ type: 'question-asked' as const, question: 1, tier: 2, by: null, text: question, until: 9 }]),
    ],
    ...(answer === undefined
      ? []
      : [[{ type: 'question-answered' as const, question: 1, agent: { id: 'luis', name: 'Luis' }, answer }]]),
  ];
  return steps.map((events, step) => ({
    conversation,
    seq: step + 1,
    at: at + step,
    by: { kind: 'bot' },
    key: null,
    events,
    effects: [],
  }));
}
