import type { App } from '../../src/app.ts';
import { openStore } from '../../src/store/open-store.ts';
import { storyEngines } from '../engines.ts';
import { contentOf } from '../kb/memory-bases.ts';
import { smallBase } from '../kb/small-base.ts';
import { silentLog } from '../log.ts';
import { openDatabase } from '../postgres-server.ts';
import { createAgent } from './agent.ts';
import { startApp } from './app.ts';
import { tuningGolden } from './tuning-base.ts';
import { createVisitor } from './visitor.ts';

/** What the base answers with the wrong article, and the words of the right one. */
export const disliked = 'la impresora que compré hoy no imprime';
/** What solved it, as an agent says it. */
export const solution = 'Abre Configuración, elige Agregar impresora y descarga el controlador.';

/** A started Relevo on a small base that somebody published. */
export interface TuningWorld {
  readonly app: App;
  readonly url: string;
  /** Somebody asks on the web chat. @returns the articles of the answer */
  asks(question: string): Promise<readonly string[]>;
  /** A customer whom an answer did not help, and the agent who solved it. @returns the number of the case */
  dislikes(question: string, reply: string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts it. */
export async function startTuningWorld(): Promise<TuningWorld> {
  const database = await openDatabase();
  const { databaseUrl } = await storyEngines(database.url);
  const store = await openStore({ url: databaseUrl, log: silentLog });
  const content = contentOf(smallBase, { golden: tuningGolden });
  await store.bases.saveDraft(content, 0);
  await store.bases.publish({ ...content, publishedAt: Date.now(), publishedBy: 'Eva', comment: '' });
  await store.stop();
  const { app, url } = await startApp(database.url);
  const agent = createAgent(() => url);

  return {
    app,
    url,
    async asks(question) {
      const customer = createVisitor(() => url);
      await customer.says(question);
      const { sources = [] } = await customer.hears('bot');
      return sources.map(({ article }) => article);
    },
    async dislikes(question, reply) {
      const customer = createVisitor(() => url);
      await customer.says(question);
      await customer.hears('bot', ({ options = [] }) => options.some(({ id }) => id === 'not-helped'));
      await customer.presses('not-helped');
      const { number } = await agent.finds();
      await agent.acts(number, 'claim');
      await agent.acts(number, 'reply', { text: reply });
      const { draft } = await agent.opens(number);
      const logbook = { ...draft, plan: 'Instalarla', execution: reply, results: 'Imprime' };
      const solved = await agent.acts(number, 'solve', { logbook });
      if (solved.status !== 200) throw new Error(`not solved: ${JSON.stringify(solved.body)}`);
      return number;
    },
    async stop() {
      await app.stop(1_000);
      await database.drop();
    },
  };
}
