import { beforeEach, expect, test } from 'vitest';
import type { Commit } from '../../src/core/event.ts';
import { type AskedQuestions, createAskedQuestions } from '../../src/kb/workbench/asked-questions.ts';
import { commitsOf, started, turn, wrote } from '../conversation-steps.ts';
import { logOf } from '../store/memory-missed.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const start = Date.UTC(2026, 0, 5, 12);

let now: number;
let commits: Commit[];
/** How many commits were read of all conversations. */
let read: number;
let asked: AskedQuestions;
beforeEach(() => {
  [now, commits, read] = [start, [], 0];
  const log = logOf(() => commits);
  const since: typeof log.since = async (...place) => {
    const page = await log.since(...place);
    read += page.length;
    return page;
  };
  asked = createAskedQuestions({ log: { since, commits: log.commits }, clock: { now: () => now } });
});

/** A customer asks, and the bot answers ten seconds later. @param at epoch milliseconds */
function ask(conversation: string, text: string, at: number, brand?: string): void {
  const begun = commits.some((one) => one.conversation === conversation);
  const first = begun ? [] : [started(brand === undefined ? {} : { brand })];
  const steps = [[...first, wrote(text)], [turn({ kind: 'answered', confidence: 0.9 })]];
  const seq = commits.filter((one) => one.conversation === conversation).length;
  for (const one of commitsOf(conversation, steps, (place) => at + place * 10_000))
    commits.push({ ...one, seq: seq + one.seq });
}

const newest = async (limit: number) => (await asked.newest(limit)).map(({ question }) => question);

test('the newest questions are found, oldest first, of the last week', async () => {
  for (const [n, days] of [9, 6, 2, 0.5, 0.01].entries())
    ask(`c${n}`, `pregunta ${days}`, now - days * dayMs);
  expect(await newest(3)).toEqual(['pregunta 2', 'pregunta 0.5', 'pregunta 0.01']);
  expect(await newest(50)).toEqual(['pregunta 6', 'pregunta 2', 'pregunta 0.5', 'pregunta 0.01']);
  expect(await newest(0)).toEqual([]);
  now += 6.1 * dayMs;
  expect(await newest(50)).toEqual(['pregunta 0.5', 'pregunta 0.01']);
  now += 30 * dayMs;
  ask('later', 'mucho después', now - minuteMs);
  expect(await newest(50)).toEqual(['mucho después']);
});

test('what was read once is not read again, and nothing is counted twice', async () => {
  for (let n = 0; n < 300; n += 1) ask(`c${n}`, `pregunta ${n}`, now - (400 - n) * minuteMs);
  expect(await newest(300)).toHaveLength(300);
  expect(read).toBeLessThan(700);
  const before = await asked.newest(300);
  read = 0;
  now += minuteMs;
  ask('c0', 'otra más', now - 20_000);
  for (let time = 0; time < 3; time += 1) {
    const after = await asked.newest(300);
    expect(after.at(-1)?.question).toBe('otra más');
    expect(after.slice(0, -1)).toEqual(before.slice(1));
    expect(after[0]).toBe(before[1]);
  }
  expect(read).toBeLessThan(50);
});

test('a question keeps its words and its brand where it began before what is read', async () => {
  ask('old', 'la primera', now - 3 * dayMs, 'acme');
  ask('old', 'escrita antes, contestada después', now - 60 * minuteMs - 5_000);
  expect(await asked.newest(1)).toMatchObject([
    { question: 'escrita antes, contestada después', brand: 'acme' },
  ]);
});

test('who asks at the same moment gets the same questions', async () => {
  for (let n = 0; n < 20; n += 1) ask(`c${n}`, `pregunta ${n}`, now - (n + 1) * 20 * minuteMs);
  const [one, other] = await Promise.all([newest(10), newest(20)]);
  expect(other.slice(10)).toEqual(one);
  expect(new Set(other).size).toBe(20);
});
