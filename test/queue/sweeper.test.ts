import { describe, expect, test } from 'vitest';
import type { Work } from '../../src/queue/queue.ts';
import type { SweeperOptions } from '../../src/queue/sweeper.ts';
import { createSweeper } from '../../src/queue/sweeper.ts';
import { hearLog, silentLog } from '../log.ts';

interface Wake {
  readonly work: Work;
  readonly delayMs: number;
}

const start = 1_000_000_000_000;

/** A store's undone work as a test sets it, a clock it turns, and a timer it fires. */
function setUp(more: Partial<SweeperOptions> = {}) {
  let now = start;
  let broken = false;
  const turns = new Map<string, number>();
  const effects = new Map<string, number>();
  const deadlines = new Map<string, { at: number; seq: number }>();
  const wakes: Wake[] = [];
  const timers: { run: () => void; delayMs: number }[] = [];

  const before = (found: Map<string, number>, moment: number, limit: number) => {
    if (broken) throw new Error('the store is away');
    return [...found]
      .filter(([, at]) => at < moment)
      .map(([id]) => id)
      .slice(0, limit);
  };
  const sweeper = createSweeper({
    undone: {
      turns: async (storedBefore, limit) => before(turns, storedBefore, limit),
      effects: async (_due, touchedBefore, limit) => before(effects, touchedBefore, limit),
      files: async () => [],
      async deadlines(dueBefore, limit) {
        return [...deadlines]
          .filter(([, { at }]) => at < dueBefore)
          .toSorted(([, a], [, b]) => a.at - b.at)
          .slice(0, limit)
          .map(([conversation, { at, seq }]) => ({ conversation, seq, deadline: { kind: 'accept', at } }));
      },
    },
    wake: (work, delayMs = 0) => void wakes.push({ work, delayMs }),
    clock: { now: () => now },
    log: silentLog,
    later(run, delayMs) {
      const timer = { run, delayMs };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    everyMs: 3_000,
    horizonMs: 15_000,
    restMs: 5_000,
    rewakeMs: 10_000,
    ...more,
  });
  return {
    sweeper,
    turns,
    effects,
    deadlines,
    wakes,
    timers,
    pass(ms: number) {
      now += ms;
    },
    set broken(value: boolean) {
      broken = value;
    },
    /** Lets a sweep end, gives the pause it asks for and begins the next one. */
    async next(): Promise<number | undefined> {
      await new Promise(setImmediate);
      const timer = timers.shift();
      timer?.run();
      return timer?.delayMs;
    },
  };
}

describe('the sweeper', () => {
  test('wakes what rests too long, and leaves what is fresh to whoever has it', async () => {
    const { sweeper, turns, effects, wakes } = setUp();
    turns.set('old', start - 6_000).set('fresh', start - 1_000);
    effects.set('unsent', start - 6_000).set('just tried', start - 1_000);
    expect(await sweeper.sweepOnce()).toEqual({ turns: 1, effects: 1, deadlines: 0, files: 0 });
    expect(wakes).toEqual([
      { work: { kind: 'turn', conversation: 'old', seq: 0 }, delayMs: 0 },
      { work: { kind: 'deliver', conversation: 'unsent', seq: 0 }, delayMs: 0 },
    ]);
  });

  test('queues near deadlines for their moment and leaves far ones to a later sweep', async () => {
    const { sweeper, deadlines, wakes, pass } = setUp();
    deadlines.set('over', { at: start - 60_000, seq: 3 });
    deadlines.set('near', { at: start + 12_000, seq: 7 });
    deadlines.set('far', { at: start + 40_000, seq: 9 });
    expect(await sweeper.sweepOnce()).toEqual({ turns: 0, effects: 0, deadlines: 2, files: 0 });
    expect(wakes).toEqual([
      { work: { kind: 'deadline', conversation: 'over', seq: 3 }, delayMs: 0 },
      { work: { kind: 'deadline', conversation: 'near', seq: 7 }, delayMs: 12_000 },
    ]);
    deadlines.clear();
    deadlines.set('far', { at: start + 40_000, seq: 9 });
    pass(30_000);
    expect(await sweeper.sweepOnce()).toMatchObject({ deadlines: 1 });
    expect(wakes.at(-1)).toMatchObject({ work: { conversation: 'far' }, delayMs: 10_000 });
  });

  test('does not wake the same again at once, but does when it stays undone', async () => {
    const { sweeper, turns, deadlines, pass } = setUp();
    turns.set('lost', start - 6_000);
    deadlines.set('near', { at: start + 9_000, seq: 2 });
    expect(await sweeper.sweepOnce()).toMatchObject({ turns: 1, deadlines: 1 });
    pass(9_000);
    expect(await sweeper.sweepOnce()).toMatchObject({ turns: 0, deadlines: 0 });
    pass(2_000);
    expect(await sweeper.sweepOnce()).toMatchObject({ turns: 1, deadlines: 0 });
    pass(8_500);
    expect(await sweeper.sweepOnce()).toMatchObject({ deadlines: 1 });
  });

  test('wakes a deadline of a case that has moved on as a new one', async () => {
    const { sweeper, deadlines, wakes } = setUp();
    deadlines.set('a', { at: start, seq: 2 });
    await sweeper.sweepOnce();
    deadlines.set('a', { at: start + 1_000, seq: 3 });
    expect(await sweeper.sweepOnce()).toMatchObject({ deadlines: 1 });
    expect(wakes.map(({ work }) => work.seq)).toEqual([2, 3]);
  });

  test('after an outage wakes 10,000 due deadlines without a pause, each once, although none gets done', async () => {
    const { sweeper, deadlines, wakes, next } = setUp({ limit: 100 });
    for (let i = 0; i < 10_000; i += 1) deadlines.set(`c${i}`, { at: start - 10_000 + i, seq: 1 });
    sweeper.start();
    let sweeps = 0;
    while ((await next()) === 0) sweeps += 1;
    expect(wakes).toHaveLength(10_000);
    expect(new Set(wakes.map(({ work }) => work.conversation)).size).toBe(10_000);
    expect(sweeps).toBeLessThan(12);
    await sweeper.stop();
  });

  test('sweeps at its pace when there is little to do', async () => {
    const { sweeper, turns, next, wakes } = setUp();
    sweeper.start();
    expect(await next()).toBe(3_000);
    turns.set('lost', start - 6_000);
    expect(await next()).toBe(3_000);
    expect(await next()).toBe(3_000);
    expect(wakes).toHaveLength(1);
    await sweeper.stop();
  });

  test('outlives an outage of the store, logs it once, and goes on afterwards', async () => {
    const heard = hearLog();
    const setting = setUp({ log: heard.log });
    setting.turns.set('lost', start - 6_000);
    setting.broken = true;
    setting.sweeper.start();
    for (let i = 0; i < 3; i += 1) expect(await setting.next()).toBe(3_000);
    expect(heard.messages(40)).toHaveLength(1);
    setting.broken = false;
    await setting.next();
    await setting.next();
    expect(setting.wakes).toHaveLength(1);
    expect(heard.messages(30)).toHaveLength(1);
    await setting.sweeper.stop();
  });

  test('stops: no timer is left and no sweep begins', async () => {
    const { sweeper, timers } = setUp();
    sweeper.start();
    await sweeper.stop();
    await sweeper.stop();
    expect(timers).toEqual([]);
  });
});
