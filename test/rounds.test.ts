import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openRounds, type Round } from '../src/app-rounds.ts';
import { createGate } from './gate.ts';
import { hearLog } from './log.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Rounds of a second, in a process that leads from start to stop. */
function setup(round: Pick<Round, 'work'> & Partial<Round>) {
  const heard = hearLog();
  const rounds = openRounds(
    { name: 'mail', failure: 'no mail', everyMs: 1_000, ...round },
    { leaderOf: (_name, { begin, end }) => ({ leads: () => true, start: begin, stop: end }) },
    heard.log,
  );
  return { rounds, heard };
}

test('work is done at once and then again and again, also after it failed, until the end', async () => {
  const work = vi.fn(async () => {
    if (work.mock.calls.length === 1) throw new Error('away');
  });
  const { rounds, heard } = setup({ work });
  await rounds.start();
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(work).toHaveBeenCalledTimes(3);
  expect(heard.messages(40)).toEqual(['no mail']);
  await rounds.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).toHaveBeenCalledTimes(3);
});

test('a long round has none beside it, and the end waits for it', async () => {
  const gate = createGate();
  const work = vi.fn(() => gate.opened);
  const { rounds } = setup({ work, later: true });
  await rounds.start();
  expect(work).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(work).toHaveBeenCalledTimes(1);
  const ended = vi.fn();
  const ending = rounds.stop().then(ended);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ended).not.toHaveBeenCalled();
  gate.open();
  await ending;
});
