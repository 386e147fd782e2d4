import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/channels/telegram/parse.ts';
import type { InboundMessage } from '../../../src/core/message.ts';
import * as fixtures from './fixtures/updates.ts';

const { bot } = fixtures;
const read = (update: unknown) => parse(update, bot, () => 'f'.repeat(32));

function message(update: unknown): InboundMessage {
  const parsed = read(update);
  if (parsed.kind !== 'message') throw new Error(`expected a message, got ${JSON.stringify(parsed)}`);
  return parsed.message;
}

const ana = { channel: 'telegram', account: '4242', user: '1111111' };
const said = (update: unknown) => {
  const { gesture } = message(update);
  return gesture.kind === 'message' ? gesture.content : gesture;
};
const media = (kind: string, remote: string, more: object = {}) => ({
  kind: 'media',
  media: { id: 'f'.repeat(32), kind, remote, ...more },
});

describe('an update in our words', () => {
  test('a text: who, where, what, in which language', () => {
    expect(message(fixtures.text)).toEqual({
      key: 'telegram/4242/1111111/1365',
      externalId: '1365',
      address: ana,
      gesture: { kind: 'message', content: { kind: 'text', text: 'No me funciona el internet' } },
      customerName: 'Ana García',
      languageHint: 'es',
    });
  });

  test.each([
    ['entities', fixtures.entities, { kind: 'text', text: 'Negrita y https://example.com' }],
    ['/start greets', fixtures.start, { kind: 'text', text: 'Hola', whole: '/start' }],
    [
      '/start with a payload',
      fixtures.startWithPayload,
      { kind: 'text', text: 'factura', whole: '/start factura' },
    ],
    [
      'the largest size of a photo',
      fixtures.photo,
      { ...media('image', 'large', { bytes: 101_000 }), caption: 'así se ve' },
    ],
    [
      'a document, its name only shown',
      fixtures.document,
      media('document', 'doc', { name: '../../etc/factura.pdf', type: 'application/pdf', bytes: 536 }),
    ],
    ['a voice note', fixtures.voice, media('voice', 'voice', { type: 'audio/ogg', bytes: 23_000 })],
    ['music', fixtures.audio, media('audio', 'audio', { type: 'audio/mpeg' })],
    ['a video', fixtures.video, media('video', 'video', { type: 'video/mp4' })],
    ['a round video', fixtures.videoNote, media('video', 'round')],
    [
      'an animation, which comes as a document too',
      fixtures.animation,
      media('video', 'gif', { type: 'video/mp4' }),
    ],
    ['a sticker by its emoji', fixtures.sticker, { ...media('sticker', 'sticker'), caption: '👍' }],
    ['a location', fixtures.location, { kind: 'location', latitude: -34.603722, longitude: -58.381592 }],
    [
      'a place',
      fixtures.venue,
      { kind: 'location', latitude: -34.6037, longitude: -58.3816, name: 'Obelisco, Av. 9 de Julio' },
    ],
    ['a contact', fixtures.contact, { kind: 'text', text: 'Luis, +34600000000' }],
    ['a die', fixtures.dice, { kind: 'text', text: '🎲 4' }],
    ['a poll, which nobody here can read', fixtures.poll, { kind: 'unsupported', what: 'poll' }],
    [
      'a press, with the label as shown',
      fixtures.press,
      { kind: 'choice', option: 'helped', label: 'Sí, gracias' },
    ],
    [
      'a press under a message no longer shown',
      fixtures.pressOnOldMessage,
      { kind: 'choice', option: 'rate-5' },
    ],
    [
      'an edit',
      fixtures.edited,
      { kind: 'edit', of: '1365', content: { kind: 'text', text: 'No me funciona el wifi' } },
    ],
    ['a reaction', fixtures.reaction, { kind: 'reaction', of: '1364', emoji: '👎' }],
    ['a reaction taken back', fixtures.reactionTakenBack, { kind: 'reaction', of: '1364', emoji: null }],
    [
      'a mention in a group, without it',
      fixtures.groupMention,
      {
        kind: 'text',
        text: '¿cuándo abren?',
        whole: '@relevo_bot, ¿cuándo abren?',
      },
    ],
    ['an answer to us in a group', fixtures.groupReply, { kind: 'text', text: 'sí' }],
    [
      'our command in a group',
      fixtures.groupCommand,
      { kind: 'text', text: 'Hola', whole: '/start@Relevo_bot' },
    ],
    ['a photo that calls us', fixtures.groupCaption, { ...media('image', 'group'), caption: 'mira 👀' }],
    ['a sample of the first days', fixtures.oldStyle, { kind: 'text', text: 'hola' }],
  ])('%s', (_name, update, content) => {
    expect(said(update)).toEqual(content);
  });

  test('says what it answers', () => {
    expect(message(fixtures.reply).replyTo).toBe('1364');
    expect(message(fixtures.press).replyTo).toBe('1364');
  });

  test('an album is a message for each photo', () => {
    expect(fixtures.album.map((update) => message(update).key)).toEqual([
      'telegram/4242/1111111/1401',
      'telegram/4242/1111111/1402',
    ]);
  });

  test('in a group each member has an address', () => {
    expect(message(fixtures.groupMention).address.user).toBe('-1001234567890:1111111');
  });

  test('a press wants its answer, whatever it means', () => {
    expect(read(fixtures.press)).toMatchObject({ press: '4382bfdwdsb323b2d9' });
    expect(read(fixtures.groupPressByAnother)).toEqual({ kind: 'ignored', press: '99' });
  });

  test.each([
    ['what others say in a group', fixtures.groupChatter],
    ['a mention of another bot', fixtures.groupMentionOfAnother],
    ['an administrator without a name', fixtures.groupAnonymous],
    ['ourselves', fixtures.anotherBot],
    ['a channel', fixtures.channelPost],
    ['a notice', fixtures.pinned],
    ['a step of a place shared live', fixtures.step],
    ['a reaction of its own making', fixtures.reactionOfOwnMaking],
  ])('nothing for us: %s', (_name, update) => {
    expect(read(update)).toEqual({ kind: 'ignored' });
  });

  test('every message, edit and reaction has a key of its own, the same when it comes again', () => {
    const all = [
      fixtures.text,
      fixtures.edited,
      fixtures.press,
      fixtures.pressOnOldMessage,
      fixtures.reaction,
    ];
    const twice = [...all, fixtures.reactionTakenBack, ...all];
    expect(new Set(twice.map((update) => message(update).key)).size).toBe(all.length + 1);
  });

  test('two edits within a second are two', () => {
    const again = { ...fixtures.edited, update_id: 10_999 };
    expect(message(again).key).not.toBe(message(fixtures.edited).key);
  });
});

describe('what anybody may send', () => {
  const all: readonly unknown[] = Object.values(fixtures).flat();

  test('never makes the parser throw', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (update) => {
        expect(read(update).kind).toMatch(/message|ignored|unreadable/u);
      }),
      { numRuns: 500 },
    );
  });

  test('nor does a fixture with a part of it replaced', () => {
    const update = fc.constantFrom(...all).chain((fixture) => replaced(fixture));
    fc.assert(
      fc.property(update, (broken) => {
        const parsed = read(broken);
        if (parsed.kind === 'message') expect(parsed.message.address.channel).toBe('telegram');
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is no update says where it is wrong, without its content', () => {
    const parsed = read({ update_id: 1, message: { ...fixtures.text.message, message_id: 'secreto' } });
    expect(parsed).toEqual({ kind: 'unreadable', reason: 'message.message_id: invalid_type' });
  });

  test('text that no database keeps is shown as unreadable', () => {
    const update = { ...fixtures.text, message: { ...fixtures.text.message, text: 'a\u0000b\ud83dc 🦜' } };
    expect(said(update)).toEqual({ kind: 'text', text: 'a\ufffdb\ufffdc 🦜' });
  });
});

const corpora = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora');
const naughtyFile = join(corpora, 'blns', 'blns.json');
test.skipIf(!existsSync(naughtyFile))(
  `naughty strings stay as they are (left out: no ${naughtyFile})`,
  () => {
    const strings: readonly string[] = JSON.parse(readFileSync(naughtyFile, 'utf8'));
    for (const text of strings) {
      const update = { ...fixtures.text, message: { ...fixtures.text.message, text } };
      const content = said(update);
      const whole = content.kind === 'text' ? (content.whole ?? content.text) : null;
      expect(whole).toBe(text);
    }
  },
);

const jsonFolder = join(corpora, 'json-test-suite', 'test_parsing');
const suite = existsSync(jsonFolder) ? readdirSync(jsonFolder).filter((name) => !name.startsWith('n_')) : [];
test.skipIf(suite.length === 0)(`JSON of all kinds is read or put aside (left out: no ${jsonFolder})`, () => {
  for (const name of suite) {
    let update: unknown;
    try {
      update = JSON.parse(readFileSync(join(jsonFolder, name), 'utf8'));
    } catch {
      continue;
    }
    expect(read(update).kind).toBe('unreadable');
  }
});

/** The same with any value in place of one of its parts, at any depth. */
function replaced(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(
    fc.anything({ maxDepth: 1 }),
    fc.constant(undefined),
    fc.constant(-1),
    fc.constant(''),
  );
  if (typeof value !== 'object' || value === null) return other;
  const keys = Object.keys(value);
  if (keys.length === 0) return other;
  return fc.constantFrom(...keys).chain((key) => {
    const inner: unknown = Reflect.get(value, key);
    return fc
      .oneof({ arbitrary: replaced(inner), weight: 3 }, { arbitrary: other, weight: 1 })
      .map((changed) =>
        Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
      );
  });
}
