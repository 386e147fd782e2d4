import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inlet } from '../../src/channels/channel.ts';
import { randomIds } from '../../src/core/ids.ts';
import { type Address, choices, type Gesture } from '../../src/core/message.ts';
import { createInlet } from '../../src/inbox/inlet.ts';
import { createJoining } from '../../src/inbox/joining.ts';
import { createReadReaction } from '../../src/inbox/read-reaction.ts';
import { createMediaFolder } from '../../src/media/media-folder.ts';
import { createConversations } from '../../src/store/conversations.ts';
import { createPostgresStore } from '../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { rules } from '../core/rules.ts';
import { silentLog } from '../log.ts';
import { openDatabase } from '../postgres-server.ts';

const clock = { now: () => 1_800_000_000_000 };

/** The phrases of these tests name themselves; the code is among the values. */
function codeTold(text: string): string {
  return /RELEVO-\w{4}-\w{4}/u.exec(text)?.[0] ?? '';
}

/** One channel is another company's. */
const brandOf = ({ channel }: Address) => (channel === 'foreign' ? 'beta' : null);

describe('the way in', () => {
  let store: Store;
  let inlet: Inlet;
  let folder: string;
  let drop: () => Promise<void>;
  let conversations: ReturnType<typeof createConversations>;
  const changed: string[] = [];
  beforeAll(async () => {
    const database = await openDatabase();
    drop = database.drop;
    folder = await mkdtemp(join(tmpdir(), 'relevo-media-'));
    store = await createPostgresStore({ url: database.url, log: silentLog, clock });
    conversations = createConversations({
      log: store.log,
      clock,
      rules: () => ({ ...rules, say: (language, key, values) => `${language}:${key}${values?.code ?? ''}` }),
      readMeaning: () => null,
      defaultLanguage: 'es',
      onCommit: () => undefined,
    });
    const media = createMediaFolder(folder);
    inlet = createInlet('test', {
      conversations,
      store,
      readReaction: createReadReaction(store.outbox, store.log),
      joining: createJoining({
        people: store.people,
        clock,
        ids: randomIds,
        otherChannels: (than) => ['test', 'other'].filter((name) => name !== than.channel),
        brandOf,
      }),
      keepBytes: (id, bytes) => media.write(id, bytes, 1_000),
      changed: async (conversation) => void changed.push(conversation),
      clock,
      ids: randomIds,
    });
  });
  afterAll(async () => {
    await store.stop();
    await drop();
    await rm(folder, { recursive: true });
  });

  let keys = 0;
  const address = (user: string): Address => ({ channel: 'test', account: 'a', user });
  const does = (user: string, gesture: Gesture, externalId = `m${keys}`) => {
    keys += 1;
    return inlet.receive({ key: `test/${keys}`, externalId, address: address(user), gesture });
  };
  const writes = (user: string, text: string, externalId?: string) =>
    does(user, { kind: 'message', content: { kind: 'text', text } }, externalId);
  const stateOf = async (id: string) => (await store.log.load(id))?.state;
  const asks = async (id: string, externalId: string) => {
    const snapshot = await store.log.load(id);
    await conversations.handle(
      id,
      {
        type: 'bot-turn',
        throughSeq: snapshot?.seq ?? 0,
        decision: {
          language: 'es',
          say: [
            {
              text: '¿Te sirvió?',
              options: [
                { id: choices.helped, label: 'Sí' },
                { id: choices.notHelped, label: 'No' },
              ],
              sources: [],
            },
          ],
          action: { kind: 'wait' },
          memory: null,
          outcome: { kind: 'answered' },
          intake: null,
        },
      },
      { kind: 'bot' },
    );
    const [effect] = await store.outbox.lease(id, 'w', clock.now(), clock.now() + 1_000);
    await store.outbox.settle(effect?.name ?? '', 'w', { kind: 'done', externalId });
  };

  test.each([
    ['👍', choices.helped],
    ['👍🏽', choices.helped],
    ['❤️', choices.helped],
    ['👎', choices.notHelped],
  ])('%s on the question whether it helped is its answer', async (emoji, option) => {
    const user = `reacts ${emoji}`;
    const { conversation } = await writes(user, 'hola');
    await asks(conversation, `sent ${emoji}`);
    await does(user, { kind: 'reaction', of: `sent ${emoji}`, emoji });
    const [pending] = (await stateOf(conversation))?.pending ?? [];
    expect(pending?.content).toMatchObject({ kind: 'choice', option });
  });

  test('any other reaction is only recorded, and moves nothing', async () => {
    const { conversation } = await writes('other', 'hola');
    await asks(conversation, 'sent other');
    for (const [of, emoji] of [
      ['sent other', '🤷'],
      ['unknown', '👍'],
      ['sent other', null],
    ] as const) {
      await does('other', { kind: 'reaction', of, emoji });
    }
    const state = await stateOf(conversation);
    expect(state?.pending).toEqual([]);
    expect(state?.stage).toMatchObject({ kind: 'bot', turn: null });
    const commits = await store.log.commits(conversation, 0, 100);
    expect(commits.slice(-3).map(({ events }) => events[0]?.type)).toEqual(Array(3).fill('customer-reacted'));
  });

  test('a gesture about nothing we know opens no conversation', async () => {
    for (const gesture of [
      { kind: 'reaction', of: 'x', emoji: '👍' },
      { kind: 'deletion', of: 'x' },
    ] as const) {
      expect((await does('nobody', gesture)).duplicate).toBe(false);
    }
    expect(await store.log.newest(address('nobody'))).toBeNull();
  });

  test('an edit before the answer changes the question; after it, it is only recorded', async () => {
    const { conversation } = await writes('edits', 'no anda el wifi', 'e1');
    await writes('edits', 'gracias', 'e2');
    await does('edits', { kind: 'edit', of: 'e1', content: { kind: 'text', text: 'no anda el móvil' } });
    const waiting = await stateOf(conversation);
    expect(waiting?.pending.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'no anda el móvil' },
      { kind: 'text', text: 'gracias' },
    ]);
    const seq = (await store.log.load(conversation))?.seq;
    expect(waiting?.stage).toMatchObject({ turn: { throughSeq: seq } });
    // What the bot was making of the first words is dropped.
    const late = { type: 'bot-failed', throughSeq: 2, reason: 'error' } as const;
    expect(await conversations.handle(conversation, late, { kind: 'bot' })).toMatchObject({
      kind: 'refused',
    });

    await asks(conversation, 'sent edits');
    await does('edits', { kind: 'edit', of: 'e1', content: { kind: 'text', text: 'nada' } });
    expect((await stateOf(conversation))?.stage).toMatchObject({ turn: null });
  });

  test('a message taken back before the answer needs none', async () => {
    const { conversation } = await writes('deletes', 'hola', 'd1');
    await writes('deletes', 'adiós', 'd2');
    await does('deletes', { kind: 'deletion', of: 'd1' });
    expect((await stateOf(conversation))?.pending.map(({ externalId }) => externalId)).toEqual(['d2']);
    expect((await stateOf(conversation))?.stage).not.toMatchObject({ turn: null });
    await does('deletes', { kind: 'deletion', of: 'd2' });
    expect(await stateOf(conversation)).toMatchObject({ pending: [], stage: { kind: 'bot', turn: null } });
  });

  test('somebody in copy moves nothing', async () => {
    const { conversation } = await writes('owner', 'hola');
    await asks(conversation, 'sent owner');
    await inlet.receive({
      key: 'test/bystander',
      externalId: 'b1',
      address: address('owner'),
      gesture: { kind: 'message', content: { kind: 'text', text: 'Ciérrenlo todo' } },
      bystander: 'Eva (eva@example.com)',
      unverified: true,
    });
    expect((await stateOf(conversation))?.stage).toMatchObject({ kind: 'bot', turn: null });
    const commits = await store.log.commits(conversation, 0, 100);
    expect(commits.at(-1)?.events).toEqual([
      expect.objectContaining({ type: 'bystander-wrote', who: 'Eva (eva@example.com)', unverified: true }),
    ]);
  });

  test('a file kept first belongs to the conversation of its message; a far one is to be fetched', async () => {
    const bytes = (async function* () {
      yield Buffer.from('%PDF-1.7\n');
    })();
    const media = await inlet.keep({ bytes, kind: 'document', name: '../../factura.pdf', type: 'text/html' });
    const { conversation } = await does('files', { kind: 'message', content: { kind: 'media', media } });
    expect(await store.files.get(media.id)).toMatchObject({
      conversation,
      kept: { type: 'application/pdf', bytes: 9 },
      media: { name: '../../factura.pdf' },
    });
    const far = { id: randomIds.id(), kind: 'image', remote: 'abc' } as const;
    await does('files', { kind: 'message', content: { kind: 'media', media: far } });
    const [commit] = (await store.log.commits(conversation, 0, 100)).slice(-1);
    expect(commit?.effects).toEqual([{ kind: 'fetch', event: 0 }]);
  });

  test('a file too large leaves nothing behind', async () => {
    const bytes = (async function* () {
      for (;;) yield Buffer.alloc(300);
    })();
    await expect(inlet.keep({ bytes, kind: 'video' })).rejects.toMatchObject({ code: 'media_too_large' });
  });

  test('an album from a new customer is one conversation, however close together', async () => {
    const photos = Array.from(
      { length: 20 },
      () => ({ id: randomIds.id(), kind: 'image', remote: 'r' }) as const,
    );
    const receipts = await Promise.all(
      photos.map((media) => does('album', { kind: 'message', content: { kind: 'media', media } })),
    );
    expect(new Set(receipts.map(({ conversation }) => conversation)).size).toBe(1);
  });

  test('1,000 pairs of one delivery in the same moment are 1,000 messages', async () => {
    const pairs = Array.from({ length: 1_000 }, (_, n) => ({
      key: `test/pair/${n}`,
      externalId: `p${n}`,
      address: address(`pair ${n % 100}`),
      gesture: { kind: 'message', content: { kind: 'text', text: `${n}` } } as const,
    }));
    const receipts = [];
    for (let n = 0; n < pairs.length; n += 50) {
      const together = pairs.slice(n, n + 50).flatMap((one) => [inlet.receive(one), inlet.receive(one)]);
      receipts.push(...(await Promise.all(together)));
    }
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1_000);
    let stored = 0;
    for (let user = 0; user < 100; user += 1) {
      const entries = await store.log.history(address(`pair ${user}`), null, 1_000);
      stored += entries.filter(({ commit }) => commit.key !== null).length;
    }
    expect(stored).toBe(1_000);
  });

  test('a code asked for in one channel and sent in another makes one customer of two', async () => {
    const elsewhere: Address = { channel: 'other', account: 'a', user: 'joiner' };
    const says = (from: Address, text: string) => {
      keys += 1;
      return inlet.receive({
        key: `test/${keys}`,
        externalId: `m${keys}`,
        address: from,
        gesture: { kind: 'message', content: { kind: 'text', text } },
      });
    };
    const lastSaid = async (id: string) => {
      const [commit] = (await store.log.commits(id, 0, 100)).slice(-1);
      const said = commit?.events.find((event) => event.type === 'said');
      return said?.type === 'said' ? said.text : '';
    };
    const { conversation } = await writes('joiner', 'no anda internet');
    await asks(conversation, 'sent joiner');
    await writes('joiner', '¿Puedo seguir por WhatsApp?');
    const code = codeTold(await lastSaid(conversation));
    // The bot owes nothing for it.
    expect((await stateOf(conversation))?.stage).toMatchObject({ turn: null });

    const wrong = await says(elsewhere, 'RELEVO-AAAA-AAAA');
    expect(wrong.conversation).not.toBe(conversation);
    const joined = await says(elsewhere, ` ${code.toLowerCase().replaceAll('-', ' ')} `);
    expect(joined.conversation).toBe(conversation);
    expect(await lastSaid(conversation)).toBe('es:joined');
    expect(await stateOf(conversation)).toMatchObject({ address: address('joiner'), reach: elsewhere });

    // Each answer goes where the customer wrote last, in one conversation.
    await writes('joiner', 'sigo aquí');
    expect((await stateOf(conversation))?.reach).toEqual(address('joiner'));
    expect((await says(elsewhere, 'y ahora aquí')).conversation).toBe(conversation);
    // Nothing crosses between companies: not even a code that is right.
    await writes('joiner', '¿puedo seguir por WhatsApp?');
    const mine = codeTold(await lastSaid(conversation));
    expect(mine).not.toBe('');
    const foreign = await says({ channel: 'foreign', account: 'a', user: 'joiner' }, mine);
    expect(foreign.conversation).not.toBe(conversation);
    expect(await lastSaid(foreign.conversation)).toBe('es:join-code-unknown');
    // A code works once.
    const third: Address = { channel: 'other', account: 'a', user: 'thief' };
    expect((await says(third, code)).conversation).not.toBe(conversation);
  });

  test('whoever guesses codes is soon not listened to', async () => {
    const { conversation } = await writes('guessed', 'hola');
    await writes('guessed', 'quiero seguir por telegram');
    const [commit] = (await store.log.commits(conversation, 0, 100)).slice(-1);
    const code = codeTold(JSON.stringify(commit?.events));
    for (const letter of 'BCDEF') await writes('guesser', `RELEVO-AAAA-AAA${letter}`);
    expect((await writes('guesser', code)).conversation).not.toBe(conversation);
  });

  test('a report tells whoever looks at the conversation', async () => {
    const { conversation } = await writes('reported', 'hola');
    await asks(conversation, 'sent reported');
    changed.length = 0;
    await inlet.report({ message: { externalId: 'sent reported', to: address('reported') }, status: 'read' });
    await inlet.report({ message: { externalId: 'nothing', to: address('reported') }, status: 'read' });
    expect(changed).toEqual([conversation]);
    expect(await store.outbox.rows(conversation)).toMatchObject([{ receipt: 'read' }]);
  });
});
