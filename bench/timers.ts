import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { createBullQueue } from '../src/queue/bullmq.ts';
import type { Queue } from '../src/queue/queue.ts';
import { redisMissing, startRedis } from '../test/redis-server.ts';
import { quantile } from './crowd.ts';
import type { Note } from './figure.ts';
import type { Relevo } from './relevo.ts';

const hourMs = 60 * 60_000;
/** How many are set side by side while the queue is filled. */
const sideBySide = 16;
/** Timers that are measured one by one. */
const apart = 500;
/** Between two that fire. */
const betweenMs = 10;
/** How long the last one may take to fire. */
const patienceMs = 30_000;

/** What it costs to set, to move and to fire a timer while many wait: through our own queue, on each of its engines. */
export async function measureTimers(
  relevo: Relevo,
  { quick }: { quick: boolean },
  noteFor: (part: string) => Note,
): Promise<void> {
  await relevo.start();
  await measure(await relevo.databaseUrl(), quick, noteFor('timers on PostgreSQL'));
  const redis = await startRedis();
  if (redis === null) console.error(`  timers on Redis left out: ${redisMissing}`);
  else {
    try {
      await measure(redis.url, quick, noteFor('timers on Redis'));
    } finally {
      await redis.stop();
    }
  }
}

async function measure(url: string, quick: boolean, note: Note): Promise<void> {
  const pending = quick ? 1_000 : 10_000;
  const samples = quick ? apart / 5 : apart;
  const queue = await createBullQueue({ url, log: pino({ level: 'silent' }), prefix: 'relevo_bench_timers' });
  try {
    const began = performance.now();
    await fill(queue, pending);
    const filledMs = performance.now() - began;
    note('pending', (await queue.counts()).delayed, '');
    note('set, many at once', pending / (filledMs / 1_000), '/s');

    const set = await timed(samples, (n) => queue.add(timer(`more${n}`, 1), hourMs));
    note('set one, p50', quantile(set, 0.5), 'ms');
    note('set one, p99', quantile(set, 0.99), 'ms');
    // A case that moved on has a later sequence: its old timer stays and will find nothing to do.
    const moved = await timed(samples, (n) => queue.add(timer(`case${n}`, 2), 2 * hourMs));
    note('move one, p50', quantile(moved, 0.5), 'ms');
    note('move one, p99', quantile(moved, 0.99), 'ms');

    const late = await fire(queue, samples);
    note('fired', late.length, '');
    note('fired after its moment, p50', quantile(late, 0.5), 'ms');
    note('fired after its moment, p99', quantile(late, 0.99), 'ms', '< 1 s');
  } finally {
    await queue.stop(1_000);
  }
}

async function fill(queue: Queue, pending: number): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < pending) {
      const n = next;
      next += 1;
      await queue.add(timer(`case${n}`, 1), hourMs + n);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, one));
}

/** Lets timers come due one after the other. @returns how late each was taken, in milliseconds, in rising order */
async function fire(queue: Queue, count: number): Promise<number[]> {
  const dueAt = new Map<string, number>();
  const late: number[] = [];
  const nothing = async (): Promise<void> => undefined;
  await queue.work(
    {
      turn: nothing,
      deliver: nothing,
      offer: nothing,
      fetch: nothing,
      async deadline({ conversation }) {
        const at = dueAt.get(conversation);
        if (at !== undefined) late.push(Date.now() - at);
      },
    },
    8,
  );
  const begins = Date.now() + 3_000;
  for (let n = 0; n < count; n += 1) {
    const at = begins + n * betweenMs;
    dueAt.set(`due${n}`, at);
    await queue.add(timer(`due${n}`, 1), at - Date.now());
  }
  const until = Date.now() + patienceMs;
  while (late.length < count && Date.now() < until) await pause(20);
  return late.sort((a, b) => a - b);
}

async function timed(count: number, act: (n: number) => Promise<void>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await act(n);
    took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b);
}

function timer(conversation: string, seq: number) {
  return { kind: 'deadline', conversation, seq } as const;
}
