import { setTimeout as pause } from 'node:timers/promises';
import { quantile, runCrowd } from './crowd.ts';
import { readDatabaseUse } from './database-use.ts';
import type { Note } from './figure.ts';
import { runFloor } from './floor.ts';
import type { Relevo } from './relevo.ts';

const clients = 200;

/**
 * Messages per second through the whole loop (accepted, answered, seen in the stream), what each of them costs, and the
 * floor of the same run: half of it before and half after, so that a machine that is busy for a while spoils both alike.
 */
export async function measureThroughput(
  relevo: Relevo,
  questions: readonly string[],
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  const ms = quick ? 10_000 : 60_000;
  const url = await relevo.databaseUrl();
  const { child } = relevo;
  const floorBefore = await runFloor(url, questions, clients, ms / 4);
  await runCrowd([child.url], questions, clients, { messagesEach: 1 });

  const idle = await readDatabaseUse(url);
  await pause(2_000);
  const before = await readDatabaseUse(url);
  const useBefore = await child.use();
  const loop = await runCrowd([child.url], questions, clients, { ms });
  const useAfter = await child.use();
  const after = await readDatabaseUse(url);

  const floorAfter = await runFloor(url, questions, clients, ms / 4);
  const floor = (floorBefore.perSecond + floorAfter.perSecond) / 2;

  const messages = loop.answered + loop.others;
  const perSecond = messages / loop.seconds;
  const note = noteFor(`throughput, ${clients} conversations`);
  note('through the whole loop', perSecond, '/s');
  note('answered with an article', (100 * loop.answered) / messages, '%');
  note('POST to answer, p50', quantile(loop.tookMs, 0.5), 'ms');
  note('POST to answer, p99', quantile(loop.tookMs, 0.99), 'ms');
  note('the floor, before', floorBefore.perSecond, '/s');
  note('the floor, after', floorAfter.perSecond, '/s');
  note('of the floor', (100 * perSecond) / floor, '%', '≥ 30 %');
  note('load generator, loop', 100 * loop.generatorCores, '% of a core');
  note('load generator, floor', 100 * floorAfter.generatorCores, '% of a core');

  const cost = noteFor('cost of an answered message');
  // What the database does while nobody asks anything is not the messages' doing.
  const idlePerMs = (before.transactions - idle.transactions) / (before.at - idle.at);
  const own = after.transactions - before.transactions - idlePerMs * (after.at - before.at);
  cost('SQL statements', own / messages, '');
  cost('write-ahead log', (after.walBytes - before.walBytes) / messages / 1_024, 'KiB');
  cost('queue jobs', (after.jobs - before.jobs) / messages, '');
  cost('CPU of the server', (useAfter.cpuMs - useBefore.cpuMs) / messages, 'ms');
  cost("CPU of the floor's server", (floorBefore.cpuMsEach + floorAfter.cpuMsEach) / 2, 'ms');
}
