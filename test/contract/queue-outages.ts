import { describe, expect, test, vi } from 'vitest';
import type { Queue } from '../../src/queue/queue.ts';
import { hearLog } from '../log.ts';
import { type Proxy as Line, startProxy } from '../tcp-proxy.ts';
import type { QueueVariation } from './queue.ts';
import { handlers, piece, soon } from './queue-work.ts';

/** Where the queues of one test are. */
export interface QueuePlace {
  /** The engine's own address. */
  readonly url: string;
  readonly open: (more?: QueueVariation) => Promise<Queue>;
  /** All that were opened, which are stopped in the end. */
  readonly opened: Queue[];
}

/** What every queue promises about an engine that is away or hangs. @param world that of the test that runs */
export function describeOutages(world: () => QueuePlace): void {
  /** Does something by way of a line that it may cut. */
  async function behind(work: (line: Line) => Promise<void>): Promise<void> {
    const { url, opened } = world();
    const line = await startProxy(url);
    try {
      await work(line);
    } finally {
      await Promise.all(opened.splice(0).map((queue) => queue.stop(0)));
      await line.stop();
    }
  }

  describe('where the engine is away', () => {
    test('outlives an outage of the engine, logs it once, and works again by itself', async () => {
      await behind(async (line) => {
        const heard = hearLog();
        const shouted = vi.spyOn(console, 'error');
        const queue = await world().open({ url: line.url, log: heard.log, timeoutMs: 1_000 });
        const done: number[] = [];
        await queue.work(handlers({ turn: async ({ seq }) => void done.push(seq) }), 2);
        await queue.add(piece('turn', 'c1', 1));
        await vi.waitFor(() => expect(done).toEqual([1]), soon);

        await line.cut();
        await expect(queue.check()).rejects.toMatchObject({ code: 'queue_unreachable' });
        for (let seq = 2; seq < 6; seq += 1) {
          await expect(queue.add(piece('turn', 'c1', seq))).rejects.toMatchObject({
            code: 'queue_unreachable',
          });
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(heard.messages(40)).toHaveLength(1);

        await line.mend();
        await vi.waitFor(() => queue.check(), soon);
        await queue.add(piece('turn', 'c1', 9));
        await vi.waitFor(() => expect(done).toContain(9), soon);
        expect(heard.messages(40)).toHaveLength(1);
        expect(heard.messages(30)).toHaveLength(1);
        expect(shouted).not.toHaveBeenCalled();
      });
    });

    test('does not wait for an engine that hangs', async () => {
      await behind(async (line) => {
        const queue = await world().open({ url: line.url, timeoutMs: 300 });
        line.freeze();
        const begun = performance.now();
        await expect(queue.check()).rejects.toMatchObject({ code: 'queue_unreachable' });
        await expect(queue.add(piece('turn', 'c1', 1))).rejects.toMatchObject({ code: 'queue_unreachable' });
        expect(performance.now() - begun).toBeLessThan(5_000);
        await line.mend();
        await vi.waitFor(() => queue.check(), soon);
      });
    });

    test('says so when the engine hangs as workers begin, and nothing else stands still', async () => {
      await behind(async (line) => {
        const queue = await world().open({ url: line.url, timeoutMs: 1_000 });
        line.freeze();
        const begun = queue.work(handlers({}), 2);
        await expect(begun).rejects.toMatchObject({ code: 'queue_unreachable' });
        // Past the connections' own time limit too, when whatever they could not do is told to whoever waits for it.
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        await line.mend();
      });
    });

    test('cannot be opened where no engine answers', async () => {
      await behind(async (line) => {
        await line.cut();
        await expect(world().open({ url: line.url, timeoutMs: 500 })).rejects.toMatchObject({
          code: 'queue_unreachable',
        });
      });
    });
  });
}
