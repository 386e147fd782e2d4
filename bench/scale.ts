import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { startEmbedded } from '../src/store/postgres/embedded.ts';
import { type CrowdResult, quantile, runCrowd } from './crowd.ts';
import type { Note } from './figure.ts';
import { measureMemory, tellMemory } from './memory.ts';
import { answerableQuestions } from './questions.ts';
import { createRelevo, type Relevo } from './relevo.ts';
import type { Pair } from './scale/engines.ts';
import { fillStore } from './scale/fill.ts';
import { measureLists } from './scale/lists.ts';
import { measureProcesses } from './scale/processes.ts';
import { agent, makeToken, writeAudit } from './scale/store.ts';

/** What of the scale is measured. */
export const scaleParts = ['processes', 'size', 'memory'] as const;

/** One of them. */
export type ScalePart = (typeof scaleParts)[number];

/** What `measureScale` takes. */
export interface ScaleOptions {
  readonly quick: boolean;
  readonly parts: readonly ScalePart[];
  readonly pairs: readonly Pair[];
  readonly processes: readonly number[];
  /** How many conversations are stored, of ten messages each on average. */
  readonly conversations: number;
  /** After how many stored conversations the memory is measured, in rising order. */
  readonly memory: readonly number[];
}

const settleMs = 3_000;

/** How it goes with more processes, and with much stored. */
export async function measureScale(options: ScaleOptions, noteFor: (part: string) => Note): Promise<void> {
  const { parts } = options;
  if (parts.includes('processes'))
    for (const pair of options.pairs) await measureProcesses(pair, options.processes, options, noteFor);
  if (parts.includes('size')) await measureSize(options, noteFor);
  if (parts.includes('memory')) {
    const relevo = await createRelevo();
    try {
      await measureMemory(relevo, options.memory, noteFor);
    } finally {
      await relevo.discard();
    }
  }
}

/** Fills a store and measures on it what people and customers wait for; beside it the same answers on an empty one. */
async function measureSize(
  { quick, conversations }: ScaleOptions,
  noteFor: (part: string) => Note,
): Promise<void> {
  const [full, empty] = [await createRelevo(), await createRelevo()];
  try {
    const questions = await answerableQuestions((await empty.start()).url);
    const fill = noteFor('scale, filling');
    // Relevo itself must not have begun its reports: they are made from the beginning of the log.
    const filled = await onDatabaseOf(full, async (url) => {
      const done = await fillStore(url, { first: 0, count: conversations, questions, agent });
      await writeAudit(url, quick ? 200 : 2_000);
      return done;
    });
    fill('conversations', filled.conversations, '');
    fill('messages', filled.messages, '');
    fill('commits', filled.commits, '');
    fill('the log', filled.logSeconds, 's');
    fill('lists, made from the log', filled.modelSeconds, 's');
    fill('reports, made from the log', filled.factSeconds, 's');
    fill('what was missed, made from the log', filled.missedSeconds, 's');
    const { logSeconds, modelSeconds, factSeconds, missedSeconds } = filled;
    fill('all of it', logSeconds + modelSeconds + factSeconds + missedSeconds, 's', '≤ 300 s');
    const child = await full.start();
    // It loads its engine, and asks it for the first time.
    await answerableQuestions(child.url);
    await compareAnswers(full, empty, questions, quick, noteFor);
    const token = await makeToken(await full.databaseUrl());
    await measureLists(child.url, token, quick ? 30 : 300, noteFor(`scale, ${filled.messages} messages`));
    await pause(settleMs);
    await tellMemory(full, noteFor(`scale, ${filled.messages} messages, memory after all of it`));
  } finally {
    await full.discard();
    await empty.discard();
  }
}

/** Does something on the database of a Relevo that does not run. */
async function onDatabaseOf<T>(relevo: Relevo, work: (url: string) => Promise<T>): Promise<T> {
  const log = pino({ level: 'silent' });
  const { folder } = relevo;
  const server = await startEmbedded({ dataFolder: folder, elsewhere: join(folder, 'elsewhere'), log });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

/** One customer, in turns on the one and on the other, so that a machine that is busy for a while spoils both alike. */
async function compareAnswers(
  full: Relevo,
  empty: Relevo,
  questions: readonly string[],
  quick: boolean,
  noteFor: (part: string) => Note,
): Promise<void> {
  const took: Record<'full' | 'empty', number[]> = { full: [], empty: [] };
  const add = (name: 'full' | 'empty', { tookMs }: CrowdResult) => took[name].push(...tookMs);
  for (let round = 0; round < (quick ? 3 : 12); round += 1) {
    const until = { messagesEach: round === 0 ? 20 : 50 };
    const [one, other] = [
      await runCrowd([full.child.url], questions, 1, until),
      await runCrowd([empty.child.url], questions, 1, until),
    ];
    // The first round warms both up.
    if (round === 0) continue;
    add('full', one);
    add('empty', other);
  }
  const note = noteFor('scale, POST to answer');
  const of = (name: 'full' | 'empty', share: number) =>
    quantile(
      took[name].toSorted((a, b) => a - b),
      share,
    );
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    note(`${name} on the full store`, of('full', share), 'ms');
    note(`${name} on an empty one`, of('empty', share), 'ms');
  }
  note('p50, full of empty', (100 * of('full', 0.5)) / of('empty', 0.5), '%', '80–120 %');
}
