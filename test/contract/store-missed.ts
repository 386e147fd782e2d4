import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MissedConversation } from '../../src/core/missed.ts';
import type { OpenStore } from './store.ts';
import { start } from './story.ts';

function missed(conversation: string, seq: number, ...ats: number[]): MissedConversation {
  return {
    conversation,
    seq,
    marks: ats.map((at, n) => ({
      name: `${conversation}.${n + 1}`,
      at,
      language: 'es',
      brand: null,
      happened: 'unanswered',
      agentMs: 0,
    })),
  };
}

const place = { at: start, conversation: 'a', seq: 2 };

/** Questions that the bot did not settle. */
export function describeMissed(open: () => Promise<OpenStore>): void {
  describe('questions that were missed', () => {
    let opened: OpenStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.cleanup());

    test('are kept by conversation, those with the newest first, and never go back', async () => {
      const { missed: kept } = opened.store;
      expect(await kept.place()).toEqual({ place: null, revision: 0, changes: 0 });
      expect(await kept.of([])).toEqual([]);
      expect(await kept.since(0, 10)).toEqual([]);
      const [a, b, c] = [missed('a', 2, start, start + 9), missed('b', 3, start + 5), missed('c', 1, start)];
      expect(await kept.save([a, b, c], place, 0)).toBe(true);
      const other = (await opened.another()).missed;
      expect(await other.place()).toEqual({ place, revision: 1, changes: 1 });
      expect(await other.since(start + 1, 10)).toEqual([a, b]);
      expect(await other.since(0, 1)).toEqual([a]);
      expect(await other.of(['c', 'x'])).toEqual([c]);

      const [older, newer] = [missed('b', 2, start + 50), missed('a', 4)];
      expect(await other.save([older, newer], { ...place, seq: 4 }, 1)).toBe(true);
      expect(await kept.of(['b'])).toEqual([b]);
      expect(await kept.of(['a'])).toEqual([newer]);
      expect(await kept.since(0, 10)).toEqual([b, c]);
      expect(await kept.save([missed('a', 5, start)], { ...place, seq: 5 }, 2)).toBe(true);
      expect(await kept.since(0, 10)).toEqual([b, missed('a', 5, start), c]);
    });

    test('are saved by one of several who try at once', async () => {
      const [one, two] = [opened.store.missed, (await opened.another()).missed];
      const next = { ...place, seq: 3 };
      const first = await Promise.all([one.save([], place, 0), two.save([], place, 0)]);
      expect(first.toSorted()).toEqual([false, true]);
      expect(await one.place()).toEqual({ place, revision: 1, changes: 0 });
      const again = await Promise.all([one.save([], next, 1), two.save([], next, 1)]);
      expect(again.toSorted()).toEqual([false, true]);
      expect(await one.save([], place, 0)).toBe(false);
      expect(await two.place()).toEqual({ place: next, revision: 2, changes: 0 });
    });

    test('are told as a change where they are kept although somebody else moved the place', async () => {
      const { missed: kept } = opened.store;
      await kept.save([], place, 0);
      expect(await kept.save([missed('a', 2, start)], place, 0)).toBe(false);
      // Whoever tries again finds it there already, and has nothing to save.
      const isKept = (await kept.of(['a'])).length > 0;
      expect((await kept.place()).changes).toBe(isKept ? 1 : 0);
    });

    test('are forgotten, and with them the place, when read models are made anew', async () => {
      const { missed: kept } = opened.store;
      await kept.forget();
      await kept.save([missed('a', 2, start)], place, (await kept.place()).revision);
      const { revision, changes } = await kept.place();
      await opened.store.rebuild(() => undefined);
      expect(await kept.since(0, 10)).toEqual([]);
      const after = await kept.place();
      expect(after.place).toBeNull();
      expect(after.changes).toBeGreaterThan(changes);
      // Who began before that saves nothing over it.
      expect(await kept.save([], place, revision)).toBe(false);
      expect(await kept.save([missed('a', 2, start)], place, after.revision)).toBe(true);
      expect(await kept.since(0, 10)).toEqual([missed('a', 2, start)]);
    });
  });
}
