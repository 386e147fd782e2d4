import { setTimeout as pause } from 'node:timers/promises';
import { runCrowd } from './crowd.ts';
import type { Note } from './figure.ts';
import { answerableQuestions } from './questions.ts';
import type { Relevo } from './relevo.ts';
import { fillStore } from './scale/fill.ts';
import { agent } from './scale/store.ts';

const settleMs = 3_000;

/**
 * Memory of the server with few and with many stored conversations: a fresh process each time, after the same load.
 * The database is filled while that process rests, and before the one that is measured starts.
 * @param sizes after how many stored conversations it is measured, in rising order
 */
export async function measureMemory(
  relevo: Relevo,
  sizes: readonly number[],
  noteFor: (part: string) => Note,
): Promise<void> {
  const questions = await answerableQuestions((await relevo.start()).url);
  const heaps: number[] = [];
  let stored = 0;
  for (const wanted of sizes) {
    const filling = { first: stored, count: wanted - stored, questions, agent, brief: true };
    await fillStore(await relevo.databaseUrl(), filling);
    stored = wanted;
    await relevo.stop();
    const child = await relevo.start();
    await runCrowd([child.url], questions, 50, { messagesEach: 20 });
    await pause(settleMs);
    const note = noteFor(`memory, ${stored} conversations stored`);
    note('started after', child.startMs / 1_000, 's');
    heaps.push(await tellMemory(relevo, note));
  }
  const few = heaps[0] ?? Number.NaN;
  const many = heaps.at(-1) ?? Number.NaN;
  noteFor('memory')('heap with many, of heap with few', (100 * many) / few, '%', 'about 100 %');
}

/** Tells what the running process uses, its garbage collected. @returns the heap in bytes */
export async function tellMemory(relevo: Relevo, note: Note): Promise<number> {
  const { rssBytes, heapBytes } = await relevo.child.use();
  note('heap used', heapBytes / 2 ** 20, 'MiB');
  note('resident', rssBytes / 2 ** 20, 'MiB');
  return heapBytes;
}
