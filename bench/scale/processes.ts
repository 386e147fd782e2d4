import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, startChild } from '../child.ts';
import { quantile, runCrowd } from '../crowd.ts';
import type { Note } from '../figure.ts';
import { runFloor } from '../floor.ts';
import { answerableQuestions } from '../questions.ts';
import { missing, type Pair, startPair } from './engines.ts';

const clients = 200;
const program = join(import.meta.dirname, '../../dist/server/relevo.js');

/** Which processes an installation of so many is made of. */
const roles: Readonly<Record<number, readonly string[]>> = {
  1: ['all'],
  2: ['web', 'worker'],
  4: ['web', 'web', 'worker', 'worker'],
};

/** How many processes can be measured. */
export const processCounts: readonly number[] = Object.keys(roles).map(Number);

/**
 * Messages per second through the whole loop with one process and with several on one store, each on a store of its own that
 * is empty, beside the floor on the same engines in the same run.
 */
export async function measureProcesses(
  pair: Pair,
  counts: readonly number[],
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  const left = missing(pair);
  if (left !== undefined) {
    console.error(`  scale on ${pair} left out: ${left}`);
    return;
  }
  const ms = quick ? 5_000 : 30_000;
  for (const count of counts) {
    const names = roles[count] ?? [];
    const note = noteFor(`scale, ${pair}, ${count} (${summary(names)})`);
    const engines = await startPair(pair);
    const folder = await mkdtemp(join(tmpdir(), 'relevo-bench-'));
    const children: { role: string; child: Child }[] = [];
    try {
      for (const role of names) {
        const words = ['--enable-source-maps', program, 'start', '--role', role];
        const env = { RELEVO_DATA: folder, LOG_LEVEL: 'warn', ...engines.variables };
        children.push({ role, child: await startChild(words, env, '/healthz') });
      }
      const urls = children.filter(({ role }) => role !== 'worker').map(({ child }) => child.url);
      const questions = await answerableQuestions(urls[0] ?? '');
      await runCrowd(urls, questions, clients, { messagesEach: 1 });
      await pause(1_000);
      const cpu = async () => Promise.all(children.map(async ({ child }) => (await child.use()).cpuMs));
      const before = await cpu();
      const loop = await runCrowd(urls, questions, clients, { ms });
      const after = await cpu();
      const floor = await runFloor(engines.storeUrl, questions, clients, ms / 3);
      const messages = loop.answered + loop.others;
      const perSecond = messages / loop.seconds;
      const cpuMs = after.reduce((sum, one, n) => sum + one - (before[n] ?? 0), 0);
      note('through the whole loop', perSecond, '/s');
      note('answered with an article', (100 * loop.answered) / messages, '%');
      note('the floor', floor.perSecond, '/s');
      note('of the floor', (100 * perSecond) / floor.perSecond, '%');
      note('POST to answer, p50', quantile(loop.tookMs, 0.5), 'ms');
      note('POST to answer, p99', quantile(loop.tookMs, 0.99), 'ms');
      note('CPU of all processes, a message', cpuMs / messages, 'ms');
      note('load generator', 100 * loop.generatorCores, '% of a core');
    } finally {
      await Promise.all(children.map(({ child }) => child.stop()));
      await engines.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function summary(names: readonly string[]): string {
  return [...new Set(names)]
    .map((name) => {
      const many = names.filter((one) => one === name).length;
      return many === 1 ? name : `${many} ${name}`;
    })
    .join(' + ');
}
