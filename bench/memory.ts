import { setTimeout as pause } from 'node:timers/promises';
import { runCrowd } from './crowd.ts';
import { readConversationCount } from './database-use.ts';
import type { Note } from './figure.ts';
import { fillStore } from './fill.ts';
import { answerableQuestions } from './questions.ts';
import type { Relevo } from './relevo.ts';

const settleMs = 3_000;

/**
 * Memory of the server with few and with many stored conversations: a fresh process each time, after the same load.
 * The database is filled while that process rests, and before the one that is measured starts.
 */
export async function measureMemory(
  relevo: Relevo,
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  const questions = await answerableQuestions((await relevo.start()).url);
  const heaps: number[] = [];
  for (const wanted of quick ? [100, 2_000] : [1_000, 100_000]) {
    const url = await relevo.databaseUrl();
    await fillStore(url, wanted - (await readConversationCount(url)), questions);
    await relevo.stop();
    const child = await relevo.start();
    await runCrowd(child.url, questions, 50, { messagesEach: 20 });
    await pause(settleMs);
    const stored = await readConversationCount(await relevo.databaseUrl());
    const { rssBytes, heapBytes } = await child.use();
    heaps.push(heapBytes);
    const note = noteFor(`memory, ${stored} conversations stored`);
    note('heap used', heapBytes / 2 ** 20, 'MiB');
    note('resident', rssBytes / 2 ** 20, 'MiB');
  }
  const [few = Number.NaN, many = Number.NaN] = heaps;
  noteFor('memory')('heap with many, of heap with few', (100 * many) / few, '%', 'about 100 %');
}
