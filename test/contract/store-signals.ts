import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';

/** Long enough for a signal that must not come to come. */
const quietMs = 150;

/** Hints between processes. */
export function describeSignals(open: () => Promise<OpenStore>): void {
  describe('signals', () => {
    let opened: OpenStore;
    let here: Store;
    let there: Store;
    beforeAll(async () => {
      opened = await open();
      here = opened.store;
      there = await opened.another();
    });
    afterAll(() => opened.cleanup());

    function listen(store: Store) {
      const heard: string[] = [];
      const end = store.signals.subscribe((topic) => heard.push(topic));
      return { heard, end };
    }

    test('reach this process at once and others soon, each once', async () => {
      const [near, far] = [listen(here), listen(there)];
      here.signals.publish('case:1');
      expect(near.heard).toEqual(['case:1']);
      await vi.waitFor(() => expect(far.heard).toEqual(['case:1']));
      there.signals.publish('case:2 ñ "quoted"');
      await vi.waitFor(() => expect(near.heard).toEqual(['case:1', 'case:2 ñ "quoted"']));
      await new Promise((resolve) => setTimeout(resolve, quietMs));
      expect(near.heard).toHaveLength(2);
      expect(far.heard).toHaveLength(2);
      near.end();
      far.end();
    });

    test('pass on many topics', async () => {
      const far = listen(there);
      const topics = Array.from({ length: 2_000 }, (_, n) => `conversation:${n}:${'x'.repeat(20)}`);
      for (const topic of topics) here.signals.publish(topic);
      await vi.waitFor(() => expect(new Set(far.heard)).toEqual(new Set(topics)), 5_000);
      far.end();
    });

    test('stop when the subscription ends, and survive a listener that throws', async () => {
      const [ended, alive] = [listen(there), listen(there)];
      const broken = there.signals.subscribe(() => {
        throw new Error('broken');
      });
      ended.end();
      ended.end();
      here.signals.publish('after');
      there.signals.publish('own');
      await vi.waitFor(() => expect(alive.heard.toSorted()).toEqual(['after', 'own']));
      expect(ended.heard).toEqual([]);
      alive.end();
      broken();
    });
  });
}
