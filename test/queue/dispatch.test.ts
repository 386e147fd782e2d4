import { describe, expect, test, vi } from 'vitest';
import { RelevoError } from '../../src/core/errors.ts';
import type { DispatchOptions } from '../../src/queue/dispatch.ts';
import { createDispatch } from '../../src/queue/dispatch.ts';
import type { Handler, Queue, Work } from '../../src/queue/queue.ts';
import { createGate } from '../gate.ts';
import { hearLog, silentLog } from '../log.ts';

type Handlers = Record<Work['kind'], Handler>;

/** A queue that keeps what it is given until a test has it taken. */
function recordingQueue() {
  const added: { work: Work; delayMs: number }[] = [];
  let taken: Handlers | undefined;
  let down = false;
  const queue: Queue = {
    description: 'a queue',
    async add(work, delayMs = 0) {
      if (down) throw new RelevoError('queue_unreachable', 'down');
      added.push({ work, delayMs });
    },
    async work(handlers) {
      taken = handlers;
    },
    counts: async () => ({ waiting: 0, delayed: 0, active: 0, failed: 0 }),
    check: async () => undefined,
    stop: async () => undefined,
  };
  return {
    queue,
    added,
    /** A worker of the queue does this work. */
    take: (work: Work) => taken?.[work.kind](work) ?? Promise.reject(new Error('Nobody takes work.')),
    set down(value: boolean) {
      down = value;
    },
  };
}

function setUp(handler: Handler, more: Partial<DispatchOptions> = {}) {
  const recorded = recordingQueue();
  const handlers = { turn: handler, deliver: handler, deadline: handler, offer: handler, fetch: handler };
  const dispatch = createDispatch({
    queue: recorded.queue,
    log: silentLog,
    local: true,
    handlers,
    concurrency: 4,
    ...more,
  });
  return { dispatch, recorded };
}

const turn = (conversation: string, seq: number): Work => ({ kind: 'turn', conversation, seq });

describe('a process that works', () => {
  test('does immediate work at once and asks the queue nothing', async () => {
    const done: Work[] = [];
    const { dispatch, recorded } = setUp(async (work) => void done.push(work));
    dispatch.wake(turn('a', 1));
    dispatch.wake({ kind: 'deliver', conversation: 'a', seq: 1 });
    await dispatch.idle();
    expect(done).toHaveLength(2);
    expect(recorded.added).toEqual([]);
  });

  test('runs one at a time per conversation, and once more for all that came meanwhile', async () => {
    const gate = createGate();
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const { dispatch } = setUp(async ({ seq }) => {
      begun.push(seq);
      running += 1;
      most = Math.max(most, running);
      if (seq === 4) dispatch.wake(turn('a', 5));
      await gate.opened;
      await new Promise(setImmediate);
      running -= 1;
    });
    dispatch.wake(turn('a', 1));
    await vi.waitFor(() => expect(begun).toEqual([1]));
    for (const seq of [2, 4, 3]) dispatch.wake(turn('a', seq));
    gate.open();
    await dispatch.idle();
    expect(begun).toEqual([1, 4, 5]);
    expect(most).toBe(1);
  });

  test('works on as many conversations at once as it may, and no kind waits for another', async () => {
    const gate = createGate();
    const begun: string[] = [];
    const { dispatch } = setUp(
      async ({ kind, conversation }) => {
        begun.push(`${kind} ${conversation}`);
        await gate.opened;
      },
      { concurrency: 2 },
    );
    for (const conversation of ['a', 'b', 'c']) dispatch.wake(turn(conversation, 1));
    dispatch.wake({ kind: 'deliver', conversation: 'c', seq: 1 });
    await vi.waitFor(() => expect(begun.toSorted()).toEqual(['deliver c', 'turn a', 'turn b']));
    gate.open();
    await dispatch.idle();
    expect(begun).toContain('turn c');
  });

  test('keeps a short wait to itself, and hands it on when it stops', async () => {
    const { dispatch, recorded } = setUp(async (work) => void done.push(work.seq));
    const done: number[] = [];
    // As those use it who are given it alone.
    const { wake } = dispatch;
    wake({ kind: 'turn', conversation: 'a', seq: 1 }, 50);
    expect(done).toEqual([]);
    await vi.waitFor(() => expect(done).toEqual([1]));
    dispatch.wake(turn('a', 2), 50);
    await dispatch.stop(1_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(done).toEqual([1]);
    expect(recorded.added).toEqual([{ work: turn('a', 2), delayMs: 0 }]);
  });

  test('hands on what is delayed, what is offered, and what is over its backlog', async () => {
    const gate = createGate();
    const { dispatch, recorded } = setUp(() => gate.opened, { concurrency: 1, maxBacklog: 2 });
    dispatch.wake({ kind: 'deadline', conversation: 'a', seq: 3 }, 5_000);
    dispatch.wake({ kind: 'offer', conversation: 'a', seq: 3 });
    for (const conversation of ['a', 'b', 'c', 'd']) dispatch.wake(turn(conversation, 1));
    dispatch.wake(turn('b', 2));
    await vi.waitFor(() =>
      expect(recorded.added).toEqual([
        { work: { kind: 'deadline', conversation: 'a', seq: 3 }, delayMs: 5_000 },
        { work: { kind: 'offer', conversation: 'a', seq: 3 }, delayMs: 0 },
        { work: turn('d', 1), delayMs: 0 },
      ]),
    );
    gate.open();
    await dispatch.idle();
  });

  test('has the queue try again what threw, and paces its later wakes until it works', async () => {
    let broken = true;
    let runs = 0;
    const { dispatch, recorded } = setUp(
      async () => {
        runs += 1;
        if (broken) throw new Error('broken');
      },
      { retryMs: 700 },
    );
    await dispatch.start();
    dispatch.wake(turn('a', 1));
    await dispatch.idle();
    expect(recorded.added).toEqual([{ work: turn('a', 1), delayMs: 700 }]);
    dispatch.wake(turn('a', 0));
    await dispatch.idle();
    expect(recorded.added).toHaveLength(2);
    expect(runs).toBe(1);
    await expect(recorded.take(turn('a', 1))).rejects.toThrow('broken');
    broken = false;
    await recorded.take(turn('a', 1));
    dispatch.wake(turn('a', 2));
    await dispatch.idle();
    expect(recorded.added).toHaveLength(2);
  });

  test('keeps what the queue brings in the same order as its own', async () => {
    const gate = createGate();
    const begun: number[] = [];
    const { dispatch, recorded } = setUp(async ({ seq }) => {
      begun.push(seq);
      await gate.opened;
    });
    await dispatch.start();
    dispatch.wake(turn('a', 1));
    const taken = recorded.take(turn('a', 2));
    await vi.waitFor(() => expect(begun).toEqual([1]));
    gate.open();
    await taken;
    expect(begun).toEqual([1, 2]);
  });

  test('stops: hands on what waits, waits for what runs, and takes nothing more', async () => {
    const gate = createGate();
    const ended: string[] = [];
    const { dispatch, recorded } = setUp(
      async ({ conversation }) => {
        await gate.opened;
        ended.push(conversation);
        dispatch.wake({ kind: 'deliver', conversation, seq: 9 });
      },
      { concurrency: 1 },
    );
    const stoppedQueue = vi.spyOn(recorded.queue, 'stop');
    await dispatch.start();
    for (const conversation of ['a', 'b']) dispatch.wake(turn(conversation, 1));
    const fromQueue = recorded.take(turn('c', 1));
    fromQueue.catch(() => undefined);
    await new Promise(setImmediate);
    const stopped = dispatch.stop(5_000);
    setTimeout(gate.open, 50);
    await stopped;
    expect(ended).toEqual(['a']);
    expect(recorded.added.map(({ work }) => work)).toEqual([
      turn('b', 1),
      { kind: 'deliver', conversation: 'a', seq: 9 },
    ]);
    expect(stoppedQueue).toHaveBeenCalledOnce();
    await expect(fromQueue).rejects.toMatchObject({ code: 'queue_stopped' });
  });

  test('stops in time although a handler hangs', async () => {
    const { dispatch } = setUp(() => new Promise(() => undefined));
    dispatch.wake(turn('a', 1));
    await new Promise(setImmediate);
    const begun = performance.now();
    await dispatch.stop(50);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('a process that only takes messages in', () => {
  test('hands everything on and takes nothing', async () => {
    const handler = vi.fn(async () => undefined);
    const { dispatch, recorded } = setUp(handler, { local: false });
    await dispatch.start();
    for (let seq = 1; seq <= 100; seq += 1) dispatch.wake(turn('a', seq));
    await dispatch.idle();
    expect(recorded.added).toHaveLength(100);
    await expect(recorded.take(turn('a', 1))).rejects.toThrow('Nobody');
    expect(handler).not.toHaveBeenCalled();
  });

  test('tells a worker of what is to be done at once, and the queue of the rest', async () => {
    const told: Work[] = [];
    let isThere = true;
    const tell = (work: Work) => {
      if (isThere) told.push(work);
      return isThere;
    };
    const { dispatch, recorded } = setUp(async () => undefined, { local: false, tell });
    await dispatch.start();
    dispatch.wake(turn('a', 1));
    dispatch.wake(turn('b', 1), 40);
    dispatch.wake({ kind: 'offer', conversation: 'a', seq: 2 });
    dispatch.wake({ kind: 'deadline', conversation: 'a', seq: 2 }, 60_000);
    expect(told).toEqual([turn('a', 1)]);
    await vi.waitFor(() => expect(told).toEqual([turn('a', 1), turn('b', 1)]));
    isThere = false;
    dispatch.wake(turn('a', 3));
    await dispatch.idle();
    expect(recorded.added).toEqual([
      { work: { kind: 'offer', conversation: 'a', seq: 2 }, delayMs: 0 },
      { work: { kind: 'deadline', conversation: 'a', seq: 2 }, delayMs: 60_000 },
      { work: turn('a', 3), delayMs: 0 },
    ]);
    isThere = true;
    dispatch.wake(turn('c', 1), 3_000);
    await dispatch.stop(1_000);
    expect(told.at(-1)).toEqual(turn('c', 1));
  });

  test('never throws when the queue is down, and says so once per outage', async () => {
    const heard = hearLog();
    const { dispatch, recorded } = setUp(async () => undefined, { local: false, log: heard.log });
    for (const outage of [1, 2]) {
      recorded.down = true;
      for (let seq = 1; seq <= 50; seq += 1) dispatch.wake(turn('a', seq));
      await dispatch.idle();
      expect(heard.messages(40)).toHaveLength(outage);
      recorded.down = false;
      dispatch.wake(turn('a', 51));
      await dispatch.idle();
    }
    expect(heard.messages(30)).toHaveLength(2);
  });
});
