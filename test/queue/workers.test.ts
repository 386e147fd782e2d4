import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Work } from '../../src/queue/queue.ts';
import { createWorkers, type Hints } from '../../src/queue/workers.ts';

const clock = { now: () => Date.now() };

/** Hints that reach everybody at once, who published them too; they can be lost. */
function everybody() {
  const listeners = new Set<(topic: string) => void>();
  const told: string[] = [];
  let lost = false;
  const hints: Hints = {
    publish(topic) {
      told.push(topic);
      if (!lost) for (const listener of [...listeners]) listener(topic);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    hints,
    told,
    lose: (given: boolean) => {
      lost = given;
    },
    join(self: string) {
      const done: Work[] = [];
      const workers = createWorkers({ hints, self, clock });
      workers.join((work) => done.push(work));
      return { workers, done };
    },
  };
}

const turn = (conversation: string, seq = 1): Work => ({ kind: 'turn', conversation, seq });

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

test('a process that does no work tells one that does, always the same of a conversation', () => {
  const { hints, join } = everybody();
  const web = createWorkers({ hints, self: 'web', clock });
  expect(web.tell(turn('a'))).toBe(false);
  const some = ['one', 'two', 'three'].map(join);
  const names = Array.from({ length: 60 }, (_, n) => `w/${n} con espacio\ny renglón`);
  for (const seq of [1, 2]) for (const name of names) expect(web.tell(turn(name, seq))).toBe(true);
  expect(some.flatMap(({ done }) => done)).toHaveLength(120);
  for (const { done } of some) {
    expect(done.length).toBeGreaterThan(10);
    const mine = new Set(done.map(({ conversation }) => conversation));
    expect(done).toEqual(
      [1, 2].flatMap((seq) => names.filter((name) => mine.has(name)).map((name) => turn(name, seq))),
    );
  }
});

test('who leaves is told nothing more, but takes what was on its way; nobody is there then', () => {
  const { hints, join } = everybody();
  const web = createWorkers({ hints, self: 'web', clock });
  const { workers, done } = join('one');
  workers.leave();
  expect(web.tell(turn('a'))).toBe(false);
  hints.publish('call/one/deliver/4/b');
  expect(done).toEqual([{ kind: 'deliver', conversation: 'b', seq: 4 }]);
  workers.stop();
  workers.stop();
  hints.publish('call/one/deliver/5/b');
  expect(done).toHaveLength(1);
});

test('who falls silent is told nothing after a few seconds; who is heard again is told again', () => {
  const { hints, join, lose } = everybody();
  const web = createWorkers({ hints, self: 'web', clock });
  const { done } = join('one');
  vi.advanceTimersByTime(60_000);
  expect(web.tell(turn('a'))).toBe(true);
  lose(true);
  vi.advanceTimersByTime(3_000);
  expect(web.tell(turn('lost'))).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(web.tell(turn('b'))).toBe(false);
  lose(false);
  vi.advanceTimersByTime(1_000);
  expect(web.tell(turn('c'))).toBe(true);
  expect(done).toEqual([turn('a'), turn('c')]);
});

test('takes nothing from hints that are none of ours', () => {
  const { hints, join } = everybody();
  const { done } = join('one');
  for (const topic of [
    'call/one/turn/x/a',
    'call/one/dance/1/a',
    'call/two/turn/1/a',
    'call/one/turn/1/',
    'case/1',
  ])
    hints.publish(topic);
  expect(done).toEqual([]);
});
