import { fileURLToPath } from 'node:url';
import type { Article, GoldenQuestion } from '../../src/core/article.ts';
import type { Commit, Event } from '../../src/core/event.ts';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { openMemoryConsole } from '../http/console-desk.ts';
import { startWeb } from '../http/web.ts';
import { contentOf } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';

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
  const log = missed.flatMap(missedCommits);
  const content = contentOf([...smallBase, ...more], { golden });
  const { desk } = await openMemoryConsole(content, () => log, { now: () => Date.now() });
  const pagesFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));
  const web = await startWeb({ settings: { pagesFolder }, deps: { console: desk } });
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
      desk.workbench.close();
      await web.stop();
    },
  };
}

function missedCommits({ question, answer }: Missed, place: number): Commit[] {
  const conversation = `c${place}`;
  const at = Date.now() - 60_000 * (place + 1);
  const address = { channel: 'webchat', account: 'main', user: conversation };
  const steps: Event[][] = [
    [started({ number: place + 1, address }), wrote(question)],
    [
      turn({ kind: 'unknown', confidence: 0.1 }),
      ...(answer === undefined
        ? []
        : [{ type: 'question-asked' as const, question: 1, tier: 2, by: null, text: question, until: 9 }]),
    ],
    ...(answer === undefined
      ? []
      : [[{ type: 'question-answered' as const, question: 1, agent: { id: 'luis', name: 'Luis' }, answer }]]),
  ];
  return commitsOf(conversation, steps, (step) => at + step);
}
