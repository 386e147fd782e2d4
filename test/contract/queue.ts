import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Handler, Queue, Work } from '../../src/queue/queue.ts';
import { createGate } from '../gate.ts';
import { describeOutages } from './queue-outages.ts';
import { handlers, piece, soon } from './queue-work.ts';

/** What a test asks of a queue beside the usual. */
export interface QueueVariation {
  readonly url?: string;
  readonly attempts?: number;
  readonly log?: Logger;
  readonly timeoutMs?: number;
}

/** How a suite opens the queue under test. All queues opened for one place share it. */
export interface QueueUnderTest {
  /** Opens one more queue, as another process would. */
  open(more?: QueueVariation): Promise<Queue>;
  /** How many jobs the engine keeps, done ones included. */
  kept(): Promise<number>;
  /** What a child process is told to open the same. */
  readonly address: { readonly url: string; readonly prefix: string };
}

/** How soon a queue under test must take over from a dead worker, in milliseconds. */
export const takeover = { lockMs: 1_000, stalledMs: 500 };

const worker = fileURLToPath(new URL('../queue/dying-worker.ts', import.meta.url));

/**
 * What every queue promises.
 * @param engine its name in the report
 * @param skipped why it is left out, where it is
 * @param prepare makes an empty place for one test; retries in it pause for about 50 ms at first
 */
export function queueContract(
  engine: string,
  skipped: string | undefined,
  prepare: () => QueueUnderTest,
): void {
  const title = `queue on ${engine}${skipped === undefined ? '' : `: left out, ${skipped}`}`;
  describe.skipIf(skipped !== undefined)(title, () => {
    let place: QueueUnderTest;
    let opened: Queue[];

    beforeEach(() => {
      place = prepare();
      opened = [];
    });
    afterEach(async () => {
      await Promise.all(opened.map((queue) => queue.stop(0)));
    });

    const open = async (more?: QueueVariation): Promise<Queue> => {
      const queue = await place.open(more);
      opened.push(queue);
      return queue;
    };

    test('brings each piece of work to the handler of its kind', async () => {
      const queue = await open();
      const done: [Work['kind'], Work][] = [];
      const record =
        (kind: Work['kind']): Handler =>
        async (work) =>
          void done.push([kind, work]);
      const all = (['turn', 'deliver', 'deadline', 'offer', 'fetch'] as const).map((kind, seq) =>
        piece(kind, 'c1', seq + 1),
      );
      await queue.work(
        {
          turn: record('turn'),
          deliver: record('deliver'),
          deadline: record('deadline'),
          offer: record('offer'),
          fetch: record('fetch'),
        },
        4,
      );
      for (const work of all) await queue.add(work);
      await vi.waitFor(() => expect(done).toHaveLength(5), soon);
      expect(done).toEqual(expect.arrayContaining(all.map((work) => [work.kind, work])));
      await vi.waitFor(
        async () => expect(await queue.counts()).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 0 }),
        soon,
      );
      expect(await place.kept()).toBe(0);
    });

    test('keeps work for a worker that comes later', async () => {
      const web = await open();
      await web.add(piece('turn', 'c1', 1));
      expect((await web.counts()).waiting).toBe(1);
      await web.stop(0);
      const done = vi.fn();
      await (await open()).work(handlers({ turn: async () => done() }), 1);
      await vi.waitFor(() => expect(done).toHaveBeenCalledOnce(), soon);
    });

    test('does delayed work at its time, also when the worker sleeps', async () => {
      const queue = await open();
      const late = new Map<string, number>();
      await queue.work(
        handlers({ deadline: async (work) => void late.set(work.conversation, performance.now() - begun) }),
        2,
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      const begun = performance.now();
      await queue.add(piece('deadline', 'far', 1), 60_000);
      await queue.add(piece('deadline', 'near', 1), 400);
      await vi.waitFor(() => expect(late.has('near')).toBe(true), soon);
      expect(late.get('near')).toBeGreaterThan(380);
      expect(late.get('near')).toBeLessThan(5_000);
      expect((await queue.counts()).delayed).toBe(1);
    });

    test('makes one job of work that is added twice', async () => {
      const queue = await open();
      for (let i = 0; i < 3; i += 1) await queue.add(piece('deliver', 'a:b/c', 7));
      await queue.add(piece('deliver', 'a:b/c', 8));
      expect((await queue.counts()).waiting).toBe(2);
      const seqs: number[] = [];
      await queue.work(handlers({ deliver: async (work) => void seqs.push(work.seq) }), 1);
      await vi.waitFor(() => expect(seqs).toEqual([7, 8]), soon);
    });

    test('takes the same work again once it is done', async () => {
      const queue = await open();
      const done = vi.fn();
      await queue.work(handlers({ turn: async () => done() }), 1);
      for (const times of [1, 2, 3]) {
        await queue.add(piece('turn', 'c1', 1));
        await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(times), soon);
        await vi.waitFor(async () => expect((await queue.counts()).active).toBe(0), soon);
      }
    });

    test('loses nothing that is added while its twin or an older one runs', async () => {
      const queue = await open();
      const begun: number[] = [];
      const gate = createGate();
      await queue.work(
        handlers({
          turn: async ({ seq }) => {
            begun.push(seq);
            await gate.opened;
          },
        }),
        1,
      );
      await queue.add(piece('turn', 'c1', 1));
      await vi.waitFor(() => expect(begun).toEqual([1]), soon);
      await queue.add(piece('turn', 'c1', 1));
      await queue.add(piece('turn', 'c1', 1));
      await queue.add(piece('turn', 'c1', 2));
      gate.open();
      await vi.waitFor(() => expect(begun.toSorted()).toEqual([1, 1, 2]), soon);
    });

    test('tries again what throws, later each time', async () => {
      const queue = await open();
      const at: number[] = [];
      await queue.work(
        handlers({
          deliver: async () => {
            at.push(performance.now());
            if (at.length < 4) throw new Error('not yet');
          },
        }),
        1,
      );
      await queue.add(piece('deliver', 'c1', 1));
      await vi.waitFor(() => expect(at).toHaveLength(4), soon);
      const [first = 0, second = 0, third = 0, fourth = 0] = at;
      expect(second - first).toBeGreaterThan(20);
      expect(fourth - third).toBeGreaterThan(90);
      await vi.waitFor(async () => expect((await queue.counts()).delayed).toBe(0), soon);
    });

    test('shows what failed for good, and takes it again', async () => {
      const queue = await open({ attempts: 2 });
      const tried = vi.fn(async () => {
        throw new Error('never');
      });
      await queue.work(handlers({ deliver: tried }), 1);
      await queue.add(piece('deliver', 'c1', 1));
      await vi.waitFor(async () => expect((await queue.counts()).failed).toBe(1), soon);
      expect(tried).toHaveBeenCalledTimes(2);
      await queue.add(piece('deliver', 'c1', 1));
      await vi.waitFor(() => expect(tried).toHaveBeenCalledTimes(4), soon);
    });

    test('does again what a worker killed in the middle had begun, more than once', async () => {
      const queue = await open();
      await queue.add(piece('turn', 'c1', 1));
      for (let kills = 0; kills < 2; kills += 1) {
        const address = JSON.stringify({ ...place.address, ...takeover });
        const child = spawn(process.execPath, ['--import', 'tsx', worker, address], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        await once(child.stdout, 'data');
        expect((await queue.counts()).active).toBe(1);
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      const done = vi.fn();
      await queue.work(handlers({ turn: async () => done() }), 1);
      await vi.waitFor(() => expect(done).toHaveBeenCalledOnce(), soon);
      await vi.waitFor(async () => expect((await queue.counts()).active).toBe(0), soon);
      expect((await queue.counts()).failed).toBe(0);
    });

    test('shares work between workers, each piece once', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const by = { one: [] as number[], two: [] as number[] };
      const bothBegan = createGate();
      const record =
        (into: number[]): Handler =>
        async (work) => {
          into.push(work.seq);
          if (by.one.length > 0 && by.two.length > 0) bothBegan.open();
          await bothBegan.opened;
        };
      await one.work(handlers({ turn: record(by.one) }), 2);
      await two.work(handlers({ turn: record(by.two) }), 2);
      const seqs = Array.from({ length: 60 }, (_, index) => index + 1);
      await Promise.all(seqs.map((seq) => one.add(piece('turn', `c${seq}`, seq))));
      await vi.waitFor(() => expect(by.one.length + by.two.length).toBe(60), soon);
      expect([...by.one, ...by.two].toSorted((a, b) => a - b)).toEqual(seqs);
    });

    test('keeps to the concurrency of each kind, and no kind waits for another', async () => {
      const queue = await open();
      let running = 0;
      let most = 0;
      const gate = createGate();
      const delivered = vi.fn();
      await queue.work(
        handlers({
          turn: async () => {
            running += 1;
            most = Math.max(most, running);
            await gate.opened;
            running -= 1;
          },
          deliver: async () => delivered(),
        }),
        2,
      );
      for (let seq = 1; seq <= 5; seq += 1) await queue.add(piece('turn', `c${seq}`, seq));
      await queue.add(piece('deliver', 'c1', 1));
      await vi.waitFor(() => expect(delivered).toHaveBeenCalledOnce(), soon);
      await vi.waitFor(() => expect(running).toBe(2), soon);
      gate.open();
      await vi.waitFor(
        async () => expect(await queue.counts()).toMatchObject({ waiting: 0, active: 0 }),
        soon,
      );
      expect(most).toBe(2);
    });

    test('stops: begins nothing new and waits for what runs', async () => {
      const queue = await open();
      const begun: number[] = [];
      const ended: number[] = [];
      await queue.work(
        handlers({
          turn: async ({ seq }) => {
            begun.push(seq);
            await new Promise((resolve) => setTimeout(resolve, 300));
            ended.push(seq);
          },
        }),
        1,
      );
      for (let seq = 1; seq <= 3; seq += 1) await queue.add(piece('turn', `c${seq}`, seq));
      await vi.waitFor(() => expect(begun).toEqual([1]), soon);
      await Promise.all([queue.stop(5_000), queue.stop(5_000)]);
      expect(ended).toEqual([1]);
      expect(begun).toEqual([1]);
      await expect(queue.add(piece('turn', 'c9', 9))).rejects.toMatchObject({ code: 'queue_stopped' });
      expect(await (await open()).counts()).toMatchObject({ waiting: 2, active: 0 });
    });

    test('stops in time although a handler hangs, and another worker gets its work', async () => {
      const queue = await open();
      let began = false;
      await queue.work(
        handlers({
          turn: () => {
            began = true;
            return new Promise(() => undefined);
          },
        }),
        1,
      );
      await queue.add(piece('turn', 'c1', 1));
      await vi.waitFor(() => expect(began).toBe(true), soon);
      const begun = performance.now();
      await queue.stop(200);
      expect(performance.now() - begun).toBeLessThan(3_000);
      const done = vi.fn();
      await (await open()).work(handlers({ turn: async () => done() }), 1);
      await vi.waitFor(() => expect(done).toHaveBeenCalledOnce(), soon);
    });

    test('opens in two processes at the same moment', async () => {
      const queues = await Promise.all([open(), open(), open()]);
      await Promise.all(queues.map((queue) => queue.check()));
    });

    describeOutages(() => ({ url: place.address.url, open, opened }));

    test('says what it stands on without a secret', async () => {
      const { description } = await open();
      expect(description).toContain(engine);
      expect(description).not.toMatch(/@|password/);
    });
  });
}
