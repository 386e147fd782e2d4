import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFencedCursors } from '../../src/store/fenced-cursors.ts';
import { createLeadership } from '../../src/store/leadership.ts';
import type { Store } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';

const leaseMs = 10_000;

/** How several processes agree on which of them does what only one may do. */
export function describeLeases(open: () => Promise<OpenStore>): void {
  describe('leases', () => {
    let opened: OpenStore;
    let stores: readonly [Store, Store];
    let now = 1_800_000_000_000;
    const clock = { now: () => now };
    let names = 0;
    beforeAll(async () => {
      opened = await open();
      stores = [opened.store, await opened.another()];
    });
    afterAll(() => opened.cleanup());

    /** Two processes that want the same thing. */
    function pair() {
      names += 1;
      const name = `mail/${names}`;
      const [a, b] = stores;
      const of = (store: Store, self: string) =>
        createLeadership(name, { leases: store.leases, clock, self, leaseMs });
      return { name, one: of(a, 'one'), two: of(b, 'two') };
    }

    test('of many who want one at the same moment one gets it', async () => {
      const tries = Array.from({ length: 10 }, (_, n) =>
        stores[n % 2 === 0 ? 0 : 1].leases.take('crowd', `process ${n}`, now, now + leaseMs),
      );
      const fences = (await Promise.all(tries)).filter((fence) => fence !== null);
      expect(fences).toEqual([1]);
    });

    test('whoever has it keeps it by claiming it again, under the same number', async () => {
      const { one, two } = pair();
      expect(await one.claim()).toBe(true);
      for (let round = 0; round < 5; round += 1) {
        now += leaseMs / 2;
        expect(await one.claim()).toBe(true);
        expect(await two.claim()).toBe(false);
      }
      expect([one.fence(), one.leads(), two.leads()]).toEqual([1, true, false]);
    });

    test('it survives its holder: whoever falls silent is followed by another, under a higher number', async () => {
      const { one, two } = pair();
      await one.claim();
      now += leaseMs - 1;
      expect(await two.claim()).toBe(false);
      // Before anybody else can lead, the one before knows that it does not.
      expect(one.leads()).toBe(false);
      now += 1;
      expect(await two.claim()).toBe(true);
      expect(two.fence()).toBe(2);
      expect(await one.claim()).toBe(false);
    });

    test('it is handed on at once, and only by its holder', async () => {
      const { one, two } = pair();
      await one.claim();
      await two.leave();
      expect(await two.claim()).toBe(false);
      await one.leave();
      expect(one.leads()).toBe(false);
      expect(await two.claim()).toBe(true);
    });

    test('a holder that was held up and goes on cannot set back what the next one wrote', async () => {
      const { name, one, two } = pair();
      const cursor = `${name}/last`;
      await stores[0].cursors.set(cursor, 'from before there were leases');
      const [first, second] = [
        createFencedCursors(stores[0].cursors, one),
        createFencedCursors(stores[1].cursors, two),
      ];
      await one.claim();
      expect(await first.get(cursor)).toBe('from before there were leases');
      await first.set(cursor, '7');
      now += leaseMs;
      await two.claim();
      expect(await second.get(cursor)).toBe('7');
      await second.set(cursor, '9\n#1 9');
      await expect(first.set(cursor, '8')).rejects.toMatchObject({ code: 'lead_lost' });
      expect(await first.get(cursor)).toBe('9\n#1 9');
    });

    test('every process on the same data has the same installation, and other data another', async () => {
      const [a, b] = stores;
      expect(a.installation).toBe(b.installation);
      const other = await open();
      expect(other.store.installation).not.toBe(a.installation);
      await other.cleanup();
    });
  });
}
