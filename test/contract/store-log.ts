import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Commit } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import type { Store } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';
import { ana, answer, createStory, handOver, newCustomer, prepare, start } from './story.ts';

export function describeLog(open: () => Promise<OpenStore>): void {
  describe('the log', () => {
    let opened: OpenStore;
    let store: Store;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.cleanup());

    test('gives back what was stored, to every process', async () => {
      const story = createStory(store, newCustomer());
      const first = await story.writes('No me funciona el internet "\\u0000" ñ 🙂 \u202e');
      const second = await story.botDecides(answer);
      const other = await opened.another();
      for (const each of [store, other]) {
        expect(await each.log.load(story.id)).toEqual({ state: second.after, seq: 2 });
        expect(await each.log.newest(story.address)).toEqual({ state: second.after, seq: 2 });
        expect(await each.log.commits(story.id, 0, 10)).toEqual([first.commit, second.commit]);
      }
      expect(await store.log.commits(story.id, 1, 10)).toEqual([second.commit]);
      expect(await store.log.commits(story.id, 0, 1)).toEqual([first.commit]);
      expect(await store.log.commits(story.id, 2, 1)).toEqual([]);
    });

    test('knows nothing of those who never wrote', async () => {
      expect(await store.log.load('nobody')).toBeNull();
      expect(await store.log.newest(newCustomer())).toBeNull();
      expect(await store.log.commits('nobody', 0, 10)).toEqual([]);
      expect(await store.log.findKey('nothing')).toBeNull();
      expect(await store.log.history(newCustomer(), null, 10)).toEqual([]);
      expect(await store.log.recent(newCustomer(), 10)).toEqual([]);
    });

    test('stores a key once, wherever it comes again', async () => {
      const [story, elsewhere] = [createStory(store, newCustomer()), createStory(store, newCustomer())];
      const { commit, after } = await story.writes('hola', 'webchat:once');
      expect(await store.log.append(commit, after)).toBe('repeated');
      const later = await story.nextWrites('hola', 'webchat:once');
      expect(await store.log.append(later.commit, later.after)).toBe('repeated');
      const other = await elsewhere.nextWrites('hola', 'webchat:once');
      expect(await store.log.append(other.commit, other.after)).toBe('repeated');
      expect(await store.log.load(elsewhere.id)).toBeNull();
      expect(await store.log.load(story.id)).toEqual({ state: after, seq: 1 });
      expect(await store.log.findKey('webchat:once')).toEqual({ conversation: story.id, seq: 1 });
    });

    test('refuses a sequence that is taken, and changes nothing', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      const loser = await story.nextWrites('dos');
      const winner = await story.botDecides(handOver);
      expect(await store.log.append(loser.commit, loser.after)).toBe('conflict');
      const keyless = { ...loser.commit, key: null };
      expect(await store.log.append(keyless, loser.after)).toBe('conflict');
      expect(await store.log.load(story.id)).toEqual({ state: winner.after, seq: 2 });
      expect(await store.log.findKey(loser.commit.key ?? '')).toBeNull();
      expect(await store.outbox.rows(story.id)).toHaveLength(winner.commit.effects.length);
    });

    test('refuses a commit that would leave a gap, and one that begins in the middle', async () => {
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      const ahead = await story.nextWrites('dos');
      const gap: Commit = { ...ahead.commit, seq: 3 };
      expect(await store.log.append(gap, ahead.after)).toBe('conflict');
      const nowhere: Commit = { ...gap, conversation: 'unknown', key: 'webchat:nowhere' };
      expect(await store.log.append(nowhere, { ...ahead.after, id: 'unknown' })).toBe('conflict');
      expect(await store.log.load('unknown')).toBeNull();
      expect(await store.log.commits(story.id, 0, 10)).toHaveLength(1);
      expect(await store.log.append(ahead.commit, ahead.after)).toBe('stored');
    });

    test('lets one of many writers win, in one process and in two', async () => {
      const other = await opened.another();
      const story = createStory(store, newCustomer());
      await story.writes('uno');
      const rivals = await Promise.all(
        Array.from({ length: 12 }, (_, n) => story.nextWrites(`dos ${n}`, `${story.id}:rival:${n}`)),
      );
      const results = await Promise.all(
        rivals.map(({ commit, after }, n) => (n % 2 ? store : other).log.append(commit, after)),
      );
      expect(results.filter((result) => result === 'stored')).toHaveLength(1);
      expect(results.filter((result) => result === 'conflict')).toHaveLength(11);
      const won = rivals[results.indexOf('stored')];
      expect(await store.log.load(story.id)).toEqual({ state: won?.after, seq: 2 });
      expect(await store.log.commits(story.id, 1, 10)).toEqual([won?.commit]);
    });

    test('calls a message that races with its own redelivery repeated, never a conflict', async () => {
      const other = await opened.another();
      for (let round = 0; round < 20; round++) {
        const story = createStory(store, newCustomer());
        const { commit, after } = await story.nextWrites('hola');
        const results = await Promise.all(
          Array.from({ length: 6 }, (_, n) => (n % 2 ? store : other).log.append(commit, after)),
        );
        expect(results.toSorted()).toEqual([...Array(5).fill('repeated'), 'stored']);
        expect(await store.log.commits(story.id, 0, 10)).toEqual([commit]);
      }
    });

    test('never lets the read model go back', async () => {
      const story = createStory(store, newCustomer());
      const first = await story.writes('uno');
      const second = await story.botDecides(handOver);
      expect(await store.log.append(first.commit, first.after)).toBe('repeated');
      expect(await store.log.append({ ...first.commit, key: null }, first.after)).toBe('conflict');
      expect(await store.log.load(story.id)).toEqual({ state: second.after, seq: 2 });
    });

    test('keeps state, log and outbox in step while many write at once', async () => {
      const stories = Array.from({ length: 10 }, () => createStory(store, newCustomer()));
      await Promise.all(
        stories.map(async (story) => {
          for (let n = 0; n < 10; n++) {
            await story.writes(`mensaje ${n}`);
            await story.botDecides(n === 9 ? handOver : answer);
          }
        }),
      );
      for (const story of stories) {
        const commits = await store.log.commits(story.id, 0, 100);
        expect(commits.map((commit) => commit.seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
        const folded = commits.reduce<ReturnType<typeof evolveCommit>>(evolveCommit, null);
        expect(await store.log.load(story.id)).toEqual({ state: folded, seq: 20 });
        const effects = commits.reduce((sum, commit) => sum + commit.effects.length, 0);
        expect(await store.outbox.rows(story.id)).toHaveLength(effects);
      }
    });

    test('counts conversations upwards, never giving a number twice', async () => {
      const other = await opened.another();
      const numbers: number[] = [];
      for (let n = 0; n < 5; n++) numbers.push(await store.log.nextNumber(), await other.log.nextNumber());
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(new Set(numbers).size).toBe(numbers.length);
      const many = await Promise.all(Array.from({ length: 50 }, () => store.log.nextNumber()));
      expect(new Set([...numbers, ...many]).size).toBe(60);
    });

    test('reads an address through all its conversations', async () => {
      const address = newCustomer();
      const [one, two] = [createStory(store, address), createStory(store, address, { ordinal: 2 })];
      await createStory(store, newCustomer()).writes('somebody else');
      const told = [await one.writes('a'), await one.botDecides(answer), await two.writes('b')];
      told.push(await two.botDecides(answer), await two.writes('c'));
      const all = told.map(({ commit, after }) => ({ ordinal: after.ordinal, commit }));

      expect((await store.log.newest(address))?.state.id).toBe(two.id);
      expect(await store.log.history(address, null, 10)).toEqual(all);
      expect(await store.log.history(address, null, 3)).toEqual(all.slice(0, 3));
      for (const [n, { ordinal, commit }] of all.entries()) {
        expect(await store.log.history(address, { ordinal, seq: commit.seq }, 10)).toEqual(all.slice(n + 1));
      }
      expect(await store.log.history(address, { ordinal: 1, seq: 1 }, 2)).toEqual(all.slice(1, 3));
      expect(await store.log.history(address, { ordinal: 1, seq: 99 }, 10)).toEqual(all.slice(2));
      expect(await store.log.history(address, { ordinal: 9, seq: 0 }, 10)).toEqual([]);
      expect(await store.log.recent(address, 10)).toEqual(all);
      expect(await store.log.recent(address, 4)).toEqual(all.slice(-4));
      expect(await store.log.recent(address, 1)).toEqual(all.slice(-1));
    });

    test('reads all conversations by time, in pages, between two moments', async () => {
      // Long after everything else in this store; at the same moments, and a month of silence between them.
      const later = start + 1_000_000_000_000;
      const month = 30 * 24 * 3_600_000;
      const stories = [1, 2, 3].map(() => createStory(store, newCustomer(), { at: later }));
      const told: Commit[] = [];
      for (const pause of [0, month]) {
        for (const story of stories) {
          story.wait(pause);
          told.push((await story.writes('hola')).commit, (await story.botDecides(answer)).commit);
        }
      }
      const from = { at: later, conversation: '', seq: 0 };
      const until = later + month + 1;
      const all = await store.log.since(from, until, 100);
      const place = ({ at, conversation, seq }: Commit) => `${at} ${conversation} ${seq}`;
      expect(all.map(place)).toEqual(told.map(place).toSorted());
      expect(all).toEqual(expect.arrayContaining(told));
      const paged: Commit[] = [];
      for (let page = await store.log.since(from, until, 5); page.length > 0; ) {
        paged.push(...page);
        page = await store.log.since(page.at(-1) ?? from, until, 5);
      }
      expect(paged).toEqual(all);
      expect(await store.log.since(from, later + month, 100)).toEqual(all.slice(0, 6));
      expect(await store.log.since({ ...from, at: until }, until + month, 100)).toEqual([]);
      expect(await store.log.since({ at: 0, conversation: '', seq: 0 }, start, 100)).toEqual([]);
    });

    test('tells addresses apart that look alike', async () => {
      const [a, b] = [
        { channel: 'webchat', account: 'a/b', user: 'c' },
        { channel: 'webchat', account: 'a', user: 'b/c' },
      ];
      await createStory(store, a).writes('hola');
      expect(await store.log.newest(b)).toBeNull();
    });

    test.each([
      ['NUL', 'a\0b'],
      ['half a surrogate pair', 'a\ud800b'],
    ])('refuses %s in a text or a key with a clear error, storing nothing', async (_name, text) => {
      const story = createStory(store, newCustomer());
      const inText = await story.nextWrites(text);
      const clean = await story.nextWrites('hola');
      const inKey = { ...clean, commit: { ...clean.commit, key: `webchat:${text}` } };
      for (const { commit, after } of [inText, inKey]) {
        await expect(store.log.append(commit, after)).rejects.toMatchObject({ code: 'text_not_storable' });
      }
      expect(await store.log.load(story.id)).toBeNull();
      expect(await store.log.commits(story.id, 0, 10)).toEqual([]);
    });

    test('keeps long conversations and long texts whole', async () => {
      const story = createStory(store, newCustomer());
      const { after } = await story.writes('ñ'.repeat(10_000));
      expect((await store.log.load(story.id))?.state).toEqual(after);
      const at = after.startedAt + 1;
      const note = { type: 'note', agent: ana, text: '"\\\u2028'.repeat(5_000) } as const;
      const { commit } = prepare({ state: after, seq: 1 }, story.id, note, at, null);
      expect(await store.log.append(commit, after)).toBe('stored');
      expect(await store.log.commits(story.id, 1, 1)).toEqual([commit]);
    });
  });
}
