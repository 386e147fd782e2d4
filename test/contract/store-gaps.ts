import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SettledGap } from '../../src/store/gaps.ts';
import type { OpenStore } from './store.ts';
import { start } from './story.ts';

const gap: SettledGap = {
  id: 'g1',
  at: start,
  action: 'dismissed',
  detail: 'Not our business: "lluvia"',
  questions: ['a.1', 'b.7'],
};

/** What people decided about gaps in the knowledge base. */
export function describeGaps(open: () => Promise<OpenStore>): void {
  describe('settled gaps', () => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.cleanup());

    test('are remembered by every process, oldest first, also when the same is settled again', async () => {
      const { gaps } = opened.store;
      expect(await gaps.settled()).toEqual([]);
      const again: SettledGap = {
        ...gap,
        at: start - 1,
        action: 'example',
        detail: 'internet',
        questions: [],
      };
      await gaps.settle(gap);
      await gaps.settle(again);
      expect(await (await opened.another()).gaps.settled()).toEqual([gap, again]);
    });
  });
}
