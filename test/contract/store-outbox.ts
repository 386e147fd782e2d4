import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { effectName } from '../../src/core/event.ts';
import type { Store } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';
import { answer, createStory, handOver, newCustomer, start } from './story.ts';

const second = 1_000;

export function describeOutbox(open: () => Promise<OpenStore>): void {
  describe('the outbox', () => {
    let opened: OpenStore;
    let store: Store;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.cleanup());

    /** A conversation whose bot has spoken twice and handed over: two commits with several effects. */
    async function busy() {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      const first = await story.botDecides({ ...answer, say: [...answer.say, ...answer.say] });
      await story.writes('dos');
      const last = await story.botDecides(handOver);
      const names = [first, last].flatMap(({ commit }) =>
        commit.effects.map((_, i) => effectName(commit, i)),
      );
      return { id: story.id, story, first, last, names };
    }
    const states = async (id: string) => (await store.outbox.rows(id)).map((row) => row.state);
    const take = (id: string, lease: string, now = start, until = now + 60 * second, from = store) =>
      from.outbox.lease(id, lease, now, until);

    test('leases all due effects in order, with their commits', async () => {
      const { id, names, first, last } = await busy();
      const leased = await take(id, 'a');
      expect(leased.map((effect) => effect.name)).toEqual(names);
      expect(leased.map((effect) => effect.commit.seq)).toEqual([2, 2, 4, 4, 4]);
      expect(leased.map((effect) => effect.index)).toEqual([0, 1, 0, 1, 2]);
      expect(leased[0]?.commit).toEqual(first.commit);
      expect(leased[4]?.commit).toEqual(last.commit);
      for (const effect of leased) expect(effect).toMatchObject({ attempt: 1, unknown: false });
      expect(await states(id)).toEqual(Array(5).fill('sending'));
    });

    test('is not leased twice while a lease is alive, however close the race', async () => {
      const other = await opened.another();
      for (let round = 0; round < 15; round++) {
        const { id } = await busy();
        const races = await Promise.all(
          Array.from({ length: 8 }, (_, n) =>
            take(id, `w${n}`, start, start + second, n % 2 ? store : other),
          ),
        );
        expect(races.filter((leased) => leased.length > 0)).toHaveLength(1);
        expect(races.flat()).toHaveLength(5);
        expect(races.flat().every((effect) => effect.attempt === 1)).toBe(true);
        expect(await take(id, 'late')).toEqual([]);
      }
    });

    test('is not leased twice even where its holder has given the first one back', async () => {
      const { id, names } = await busy();
      await take(id, 'a');
      await store.outbox.settle(names[0] ?? '', 'a', { kind: 'retry', notBefore: start, error: 'x' });
      expect(await take(id, 'b')).toEqual([]);
      await store.outbox.release(names, 'a');
      expect(await take(id, 'b')).toHaveLength(5);
    });

    test('holds back what is new while a lease is alive', async () => {
      const { id, story } = await busy();
      await take(id, 'a');
      await story.claims({ id: 'ana', name: 'Ana' });
      expect(await take(id, 'b')).toEqual([]);
      expect(await states(id)).toEqual([...Array(5).fill('sending'), 'pending']);
    });

    test('records how attempts end, and goes on with what is left', async () => {
      const { id, names } = await busy();
      const [one = '', two = '', three = ''] = names;
      await take(id, 'a');
      expect(await store.outbox.settle(one, 'a', { kind: 'done', externalId: 'platform-1' })).toBe(true);
      expect(await store.outbox.settle(two, 'a', { kind: 'failed', error: 'rejected' })).toBe(true);
      const notBefore = start + 5 * second;
      expect(await store.outbox.settle(three, 'a', { kind: 'retry', notBefore, error: 'slow down' })).toBe(
        true,
      );
      await store.outbox.release(names.slice(3), 'a');

      expect(await store.outbox.rows(id)).toEqual([
        { name: names[0], state: 'done', attempts: 1, externalId: 'platform-1', error: null, receipt: null },
        { name: names[1], state: 'failed', attempts: 1, externalId: null, error: 'rejected', receipt: null },
        {
          name: names[2],
          state: 'pending',
          attempts: 1,
          externalId: null,
          error: 'slow down',
          receipt: null,
        },
        { name: names[3], state: 'pending', attempts: 0, externalId: null, error: null, receipt: null },
        { name: names[4], state: 'pending', attempts: 0, externalId: null, error: null, receipt: null },
      ]);
      expect(await take(id, 'b', notBefore - 1)).toEqual([]);
      const again = await take(id, 'b', notBefore);
      expect(again.map(({ name, attempt }) => [name, attempt])).toEqual([
        [names[2], 2],
        [names[3], 1],
        [names[4], 1],
      ]);
      expect(again.every((effect) => !effect.unknown)).toBe(true);
    });

    test('hands an expired lease over as unknown, and refuses what the former holder writes late', async () => {
      const { id, names } = await busy();
      const [one = '', two = ''] = names;
      await take(id, 'zombie', start, start + second);
      expect(await take(id, 'b', start + second - 1)).toEqual([]);
      await store.outbox.settle(one, 'zombie', { kind: 'done', externalId: null });
      const taken = await take(id, 'b', start + second, start + 60 * second);
      expect(taken.map((effect) => effect.name)).toEqual(names.slice(1));
      // Sends go in order: what stood behind the first was not begun.
      expect(taken.map(({ attempt, unknown }) => [attempt, unknown])).toEqual([
        [2, true],
        ...Array(3).fill([2, false]),
      ]);

      expect(await store.outbox.settle(two, 'zombie', { kind: 'done', externalId: 'late' })).toBe(false);
      await store.outbox.release(names, 'zombie');
      expect(await states(id)).toEqual(['done', ...Array(4).fill('sending')]);
      expect(
        await store.outbox.settle(two, 'b', { kind: 'retry', notBefore: 0, error: 'x', unknown: true }),
      ).toBe(true);
      await store.outbox.release(names.slice(2), 'b');
      const last = await take(id, 'c', start + 2 * second);
      expect(last.map(({ attempt, unknown }) => [attempt, unknown])).toEqual([
        [3, true],
        [2, false],
        [2, false],
        [2, false],
      ]);
    });

    test('goes on after the parts that went out, and forgets nothing of a part that may have', async () => {
      const { id, names, first } = await busy();
      const [one = ''] = names;
      await take(id, 'a', start, start + second);
      expect(await store.outbox.progress(one, 'a', 'part-1')).toBe(true);
      const [again] = await take(id, 'b', start + second, start + 2 * second);
      expect(again).toMatchObject({ name: one, unknown: true, partIds: ['part-1'] });
      expect(await store.outbox.progress(one, 'a', 'late')).toBe(false);
      const address = first.after.address;
      expect(await store.outbox.findSent(address, 'part-1')).toBe(one);
      expect(await store.outbox.findSent(address, 'late')).toBeNull();
    });

    test('a wait counts as no attempt', async () => {
      const { id, names } = await busy();
      const [one = ''] = names;
      await take(id, 'a');
      const notBefore = start + second;
      await store.outbox.settle(one, 'a', { kind: 'retry', notBefore, error: null, waited: true });
      await store.outbox.release(names.slice(1), 'a');
      expect((await take(id, 'b', notBefore))[0]).toMatchObject({ name: one, attempt: 1, unknown: false });
    });

    test('a report never goes back, makes a failure of a failure, and tells of what nobody saw go out', async () => {
      const { id, names, first } = await busy();
      const [one = '', two = ''] = names;
      await take(id, 'a', start, start + second);
      await store.outbox.settle(one, 'a', { kind: 'done', externalId: 'p1' });
      for (const status of ['read', 'delivered', 'sent'] as const) {
        expect(await store.outbox.report({ message: { name: one }, status })).toBe(id);
      }
      expect(await store.outbox.report({ message: { name: two }, status: 'sent', externalId: 'p2' })).toBe(
        id,
      );
      const [taken] = await take(id, 'b', start + second, start + 2 * second);
      expect(taken).toMatchObject({ name: two, partIds: ['p2'] });
      const to = first.after.address;
      const bounce = { message: { externalId: 'p1', to }, status: 'failed', error: 'no such user' } as const;
      expect(await store.outbox.report(bounce)).toBe(id);
      const [row] = await store.outbox.rows(id);
      expect(row).toMatchObject({ state: 'failed', error: 'no such user', receipt: 'read' });
      expect(await store.outbox.report({ message: { name: 'c.9.9' }, status: 'read' })).toBeNull();
    });

    test('a failed one is sent again when a person says so, and no other', async () => {
      const { id, names } = await busy();
      const [one = '', two = ''] = names;
      await take(id, 'a');
      await store.outbox.settle(one, 'a', { kind: 'failed', error: 'x' });
      await store.outbox.settle(two, 'a', { kind: 'done', externalId: 'p' });
      await store.outbox.release(names.slice(2), 'a');
      expect(
        (await store.outbox.failed(1_000)).filter(({ conversation }) => conversation === id),
      ).toMatchObject([{ name: one, given: true, error: 'x', channel: 'webchat' }]);
      expect(await store.outbox.again(two)).toBe(false);
      expect(await store.outbox.again(one)).toBe(true);
      expect((await take(id, 'b'))[0]).toMatchObject({ name: one, attempt: 1, unknown: false });
    });

    test('settles once only', async () => {
      const { id, names } = await busy();
      const [one = ''] = names;
      await take(id, 'a');
      expect(await store.outbox.settle(one, 'a', { kind: 'failed', error: 'no' })).toBe(true);
      expect(await store.outbox.settle(one, 'a', { kind: 'done', externalId: null })).toBe(false);
      expect(
        await store.outbox.settle(effectName({ conversation: id, seq: 99 }, 0), 'a', {
          kind: 'failed',
          error: '',
        }),
      ).toBe(false);
      expect((await states(id))[0]).toBe('failed');
    });

    test('marks pending effects as done without a lease, and leaves the others', async () => {
      const { id, names } = await busy();
      await Promise.all(names.slice(0, 2).map((name) => store.outbox.markDone([name])));
      await store.outbox.markDone([]);
      expect(await states(id)).toEqual(['done', 'done', 'pending', 'pending', 'pending']);
      expect((await take(id, 'a')).map((effect) => effect.name)).toEqual(names.slice(2));
      await store.outbox.settle(names[2] ?? '', 'a', { kind: 'failed', error: 'no' });
      await store.outbox.markDone(names);
      expect(await states(id)).toEqual(['done', 'done', 'failed', 'sending', 'sending']);
    });

    test('marks many at once, from two processes and in any order', async () => {
      const other = await opened.another();
      const cases = await Promise.all(Array.from({ length: 10 }, busy));
      const names = cases.flatMap((each) => each.names);
      await Promise.all([
        store.outbox.markDone(names),
        other.outbox.markDone(names.toReversed()),
        ...names.map((name) => store.outbox.markDone([name])),
      ]);
      for (const { id } of cases) expect(await states(id)).toEqual(Array(5).fill('done'));
    });

    test('has nothing to lease where nothing was said', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      expect(await take(story.id, 'a')).toEqual([]);
      expect(await store.outbox.rows(story.id)).toEqual([]);
      expect(await take('nobody', 'a')).toEqual([]);
    });

    test("refuses what is no effect's name", async () => {
      await expect(store.outbox.markDone(['nonsense'])).rejects.toMatchObject({ code: 'no_such_effect' });
    });
  });
}
