import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Media } from '../../src/core/message.ts';
import type { Store } from '../../src/store/store.ts';
import type { OpenStore } from './store.ts';
import { createStory, newCustomer, start } from './story.ts';

const kept = { type: 'image/png', bytes: 3, sha256: 'aa' };

/** What channels keep in a store, beside messages. */
export function describeChannelStores(open: () => Promise<OpenStore>): void {
  describe('what channels keep', () => {
    let opened: OpenStore;
    let store: Store;
    let files = 0;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.cleanup());

    const file = (change: Partial<Media> = {}): Media => {
      files += 1;
      return { id: files.toString(16).padStart(32, '0'), kind: 'image', ...change };
    };

    test('cursors: each by its name, the last value', async () => {
      expect(await store.cursors.get('email/uid')).toBeNull();
      await store.cursors.set('email/uid', '7');
      await store.cursors.set('email/uid', '8');
      await store.cursors.set('slack/ts', '1.2');
      expect(await store.cursors.get('email/uid')).toBe('8');
      expect(await store.cursors.get('slack/ts')).toBe('1.2');
    });

    test('cursors: of many who replace the same value one wins', async () => {
      const tries = ['a', 'b', 'c', 'd'].map((value) => store.cursors.replace('desk/leader', null, value));
      expect((await Promise.all(tries)).filter((won) => won)).toHaveLength(1);
      const now = (await store.cursors.get('desk/leader')) ?? '';
      expect(await store.cursors.replace('desk/leader', 'somebody', 'e')).toBe(false);
      expect(await store.cursors.replace('desk/leader', null, 'e')).toBe(false);
      const again = ['f', 'g'].map((value) => store.cursors.replace('desk/leader', now, value));
      expect((await Promise.all(again)).filter((won) => won)).toHaveLength(1);
    });

    test('quarantine: kept once each, whatever they hold, until dropped', async () => {
      const item = { key: 'telegram/1', channel: 'telegram', at: start, reason: 'no id', raw: '{"a":1}' };
      await store.quarantine.add(item);
      await store.quarantine.add({ ...item, reason: 'again' });
      await store.quarantine.add({ ...item, key: 'telegram/2', at: start + 1, raw: 'a\0b\ud800c' });
      expect(await store.quarantine.count()).toBe(2);
      expect(await store.quarantine.list(10)).toEqual([
        { key: 'telegram/2', channel: 'telegram', at: start + 1, reason: 'no id', characters: 5 },
        { key: 'telegram/1', channel: 'telegram', at: start, reason: 'no id', characters: 7 },
      ]);
      expect(await store.quarantine.get('telegram/1')).toEqual(item);
      expect(await store.quarantine.drop('telegram/1')).toBe(true);
      expect(await store.quarantine.drop('telegram/1')).toBe(false);
      expect(await store.quarantine.get('telegram/1')).toBeNull();
    });

    test('files whose bytes are here belong to the first conversation that names them', async () => {
      const media = file({ name: 'foto.png' });
      await store.files.addKept({ media, channel: 'webchat', kept, at: start });
      await store.files.own([media.id], 'c1');
      await store.files.own([media.id], 'c2');
      expect(await store.files.get(media.id)).toMatchObject({
        media,
        conversation: 'c1',
        state: 'kept',
        kept,
      });
      expect(await store.files.ofConversation('c1')).toHaveLength(1);
      expect(await store.files.get('f'.repeat(32))).toBeNull();
    });

    test('files to be fetched are taken by one worker at a time, and swept when nobody does', async () => {
      const { id } = createStory(store, newCustomer());
      const media = file({ remote: 'r1' });
      await store.files.addRemote({ media, channel: 'telegram', conversation: id, at: start });
      await store.files.addRemote({ media, channel: 'telegram', conversation: id, at: start });
      expect(await store.undone.files(start + 1, start, 10)).not.toContain(id);
      expect(await store.undone.files(start + 1, start + 1, 10)).toContain(id);
      const [one, two] = await Promise.all([
        store.files.take(id, start + 1, start + 1_000),
        store.files.take(id, start + 1, start + 1_000),
      ]);
      expect([...one, ...two]).toHaveLength(1);
      expect(await store.undone.files(start + 999, start + 999, 10)).not.toContain(id);

      await store.files.settle(media.id, { kind: 'retry', notBefore: start + 5_000, error: 'slow' });
      expect(await store.files.take(id, start + 4_999, start + 9_000)).toEqual([]);
      expect((await store.files.take(id, start + 5_000, start + 9_000))[0]?.attempts).toBe(2);
      await store.files.settle(media.id, { kind: 'kept', kept });
      expect(await store.files.get(media.id)).toMatchObject({ state: 'kept', kept, error: null });
      await store.files.settle(media.id, { kind: 'failed', error: 'late' });
      expect(await store.files.get(media.id)).toMatchObject({ state: 'kept' });
    });

    test('people: joined to one address, whichever of theirs was named, and parted again', async () => {
      const [a, b, c, d] = [newCustomer(), newCustomer(), newCustomer(), newCustomer()];
      const { people } = store;
      expect(await people.resolve(a)).toEqual(a);
      expect(await people.join({ address: b, to: a, at: start, by: 'code' })).toBe(true);
      expect(await people.resolve(b)).toEqual(a);
      expect(await people.join({ address: a, to: b, at: start, by: 'code' })).toBe(false);
      expect(await people.join({ address: d, to: c, at: start, by: 'Eva' })).toBe(true);
      // Two people who turn out to be one.
      expect(await people.join({ address: b, to: d, at: start + 1, by: 'Eva' })).toBe(true);
      for (const one of [a, b, c, d]) expect(await people.resolve(one)).toEqual(c);
      expect((await people.joinedTo(c)).map(({ address, by }) => [address, by])).toEqual(
        expect.arrayContaining([
          [a, 'Eva'],
          [b, 'code'],
          [d, 'Eva'],
        ]),
      );
      expect(await people.part(b)).toBe(true);
      expect(await people.part(b)).toBe(false);
      expect(await people.resolve(b)).toEqual(b);
      expect(await people.resolve(a)).toEqual(c);
    });

    test('codes: one for each address, used once, and only in time', async () => {
      const [a, b] = [newCustomer(), newCustomer()];
      const { people } = store;
      await people.offerCode({ hash: 'h1', address: a, until: start + 10 });
      await people.offerCode({ hash: 'h2', address: a, until: start + 10 });
      await people.offerCode({ hash: 'h3', address: b, until: start });
      expect(await people.takeCode('h1', start)).toBeNull();
      expect(await people.takeCode('h3', start + 1)).toBeNull();
      const taken = await Promise.all([people.takeCode('h2', start), people.takeCode('h2', start)]);
      expect(taken.filter((one) => one !== null)).toEqual([a]);
    });
  });
}
