import type { Config } from '../config.ts';
import { systemClock } from '../core/clock.ts';

/** Whoever waits at a terminal wants to know soon; a model on a small computer is slow the first time. */
const timeoutMs = 10_000;

/** One thing to look at: what is found, in words. It throws a RelevoError when it is not well. */
export interface Look {
  readonly what: string;
  readonly at: () => Promise<string>;
}

/** The models that are set up: each is asked for one word or one vector, for real. Nothing where none is. */
export function modelLooks({ llm, embeddings }: Pick<Config, 'llm' | 'embeddings'>): Look[] {
  const looks: Look[] = [];
  if (llm !== null) looks.push({ what: 'model for answers', at: () => lookAtChat(llm) });
  if (embeddings !== null) looks.push({ what: 'embeddings', at: () => lookAtEmbeddings(embeddings) });
  return looks;
}

async function lookAtChat(llm: NonNullable<Config['llm']>): Promise<string> {
  const { createChat } = await import('../model/chat.ts');
  const { findPersonalData } = await import('../kb/personal-data.ts');
  const chat = createChat({ settings: { ...llm, timeoutMs }, findPersonalData, clock: systemClock });
  const started = performance.now();
  const model = await chat.check();
  return `${model} at ${new URL(llm.baseUrl).host} answers, in ${Math.round(performance.now() - started)} ms`;
}

async function lookAtEmbeddings(embeddings: NonNullable<Config['embeddings']>): Promise<string> {
  const { openEmbeddings } = await import('../model/open-embeddings.ts');
  const { findPersonalData } = await import('../kb/personal-data.ts');
  const open = await openEmbeddings(embeddings, { findPersonalData, clock: systemClock });
  const started = performance.now();
  const [vector] = await open.embed(['hola'], { timeoutMs });
  return `${open.name} gives vectors of ${vector?.length ?? 0} numbers, in ${Math.round(performance.now() - started)} ms`;
}
