import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { SendError } from '../../../src/core/errors.ts';
import type { Media, MediaKind, OutboundMessage } from '../../../src/core/message.ts';
import { outboundTo } from '../outbound.ts';
import { buildTelegram, type LogText } from './build.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts';

const types: Readonly<Record<string, string>> = {
  p: 'image/png',
  d: 'application/pdf',
  v: 'audio/ogg',
  s: 'image/webp',
};
const sizes: Record<string, number> = {};
const mediaOf = (letter: string, kind: MediaKind, name?: string): Media => ({
  id: letter.repeat(32),
  kind,
  ...(name === undefined ? {} : { name }),
});

let fake: FakeTelegram;
let channel: Channel;
let opened: number;
const logged: LogText = { text: '' };

beforeEach(async () => {
  fake = await startFakeTelegram({ limits: false });
  fake.meets('ana');
  opened = 0;
  channel = await buildTelegram(
    { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url },
    {
      media: async (id) => {
        opened += 1;
        const bytes = sizes[id] ?? 1_000;
        return {
          type: types[id[0] ?? ''] ?? 'application/octet-stream',
          bytes,
          body: bytesOf(bytes, id[0] === 'x'),
        };
      },
    },
    logged,
  );
});
afterEach(() => fake.stop());

async function* bytesOf(size: number, breaks = false): AsyncIterable<Uint8Array> {
  for (let left = size; left > 0; left -= 65_536) yield new Uint8Array(Math.min(left, 65_536));
  if (breaks) throw new Error('the disk is gone');
}

const say = (change: Partial<OutboundMessage> = {}) =>
  channel.send(outboundTo(fake.addressOf('ana'), change));
const refusedAs = (sending: Promise<unknown>): Promise<SendError> =>
  sending.then(
    () => {
      throw new Error('it was sent');
    },
    (error: unknown) => {
      if (!(error instanceof SendError)) throw error;
      return error;
    },
  );

describe('what reaches the customer', () => {
  test('words without their marks, buttons with what they mean', async () => {
    const options = [{ id: 'helped', label: 'Sí' }];
    const { externalId } = await say({ text: '**Reinicia** el router & espera <1 min>', options });
    expect(fake.log).toMatchObject([
      {
        method: 'sendMessage',
        text: 'Reinicia el router & espera <1 min>',
        keyboard: [[{ text: 'Sí', callback_data: 'helped' }]],
        messageId: Number(externalId),
        replyTo: null,
      },
    ]);
  });

  test('the words alone when Telegram cannot read the marks', async () => {
    fake.refuseNext('sendMessage', {
      error_code: 400,
      description: "Bad Request: can't parse entities: Unsupported start tag",
    });
    await say({ text: '**hola** [guía](https://example.com)' });
    expect(fake.log.map(({ text }) => text)).toEqual(['hola guía (https://example.com)']);
  });

  test.each([
    ['p', 'image', 'sendPhoto'],
    ['d', 'document', 'sendDocument'],
    ['v', 'voice', 'sendVoice'],
    ['s', 'sticker', 'sendSticker'],
  ] as const)('a file of kind %s/%s by %s, streamed', async (letter, kind, method) => {
    sizes[letter.repeat(32)] = 300_000;
    const text = kind === 'sticker' ? '' : 'para **ti**';
    const attachment = mediaOf(letter, kind, 'facturación "mía".bin');
    await say({ text, attachment, options: kind === 'image' ? [{ id: 'a', label: 'A' }] : [] });
    expect(fake.log).toMatchObject([
      { method, text: text.replaceAll('*', ''), file: { name: 'facturación _mía_.bin', bytes: 300_000 } },
    ]);
    expect(fake.log[0]?.keyboard).toHaveLength(kind === 'image' ? 1 : 0);
  });

  test('a picture that Telegram does not take goes as a document', async () => {
    fake.refuseNext('sendPhoto', { error_code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' });
    await say({ text: 'mira', attachment: mediaOf('p', 'image', 'ancha.png') });
    expect(fake.log).toMatchObject([{ method: 'sendDocument', text: 'mira', file: { name: 'ancha.png' } }]);
    expect(opened).toBe(2);
  });

  test('in a group an answer points at the question, with a file too', async () => {
    await fakeGroup();
    const to = { channel: 'telegram', account: '4242', user: '-100500:7' };
    const answers = { externalId: '77', at: 1 };
    await say({ to, answers });
    await say({ to, answers, attachment: mediaOf('p', 'image') });
    await say({ to, answers: { externalId: 'press-9', at: 1 } });
    expect(fake.log.map(({ chat, replyTo }) => [chat, replyTo])).toEqual([
      [-100_500, 77],
      [-100_500, 77],
      [-100_500, null],
    ]);
  });

  test('a group that became a supergroup is found, then and from then on', async () => {
    await fakeGroup();
    const to = { channel: 'telegram', account: '4242', user: '-5:7' };
    const moved = {
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
    };
    fake.refuseNext('sendMessage', { ...moved, parameters: { migrate_to_chat_id: -100_500 } });
    await say({ to });
    await say({ to });
    expect(fake.log.map(({ chat }) => chat)).toEqual([-100_500, -100_500]);
    expect(fake.calls.filter(({ status }) => status === 400)).toHaveLength(1);
  });
});

describe('a refusal in our words', () => {
  test.each([
    [403, 'Forbidden: bot was blocked by the user', 'blocked'],
    [403, 'Forbidden: user is deactivated', 'recipient_gone'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'never_wrote'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'left_group'],
    [403, 'Forbidden: something new', 'forbidden'],
    [400, 'Bad Request: chat not found', 'no_such_recipient'],
    [400, 'Bad Request: message is too long', 'too_long'],
    [413, 'Request Entity Too Large', 'media_too_large'],
    [400, 'Bad Request: something new', 'rejected'],
    [401, 'Unauthorized', 'auth_failed'],
  ])('%i %s: %s, for good', async (status, description, code) => {
    fake.refuseNext('sendMessage', { error_code: status, description });
    expect(await refusedAs(say())).toMatchObject({
      code,
      permanent: true,
      retryAfterMs: undefined,
      unknown: false,
    });
  });

  test('too fast: as long as Telegram says', async () => {
    const parameters = { retry_after: 17 };
    fake.refuseNext('sendMessage', {
      error_code: 429,
      description: 'Too Many Requests: retry after 17',
      parameters,
    });
    expect(await refusedAs(say())).toMatchObject({
      code: 'rate_limited',
      permanent: false,
      retryAfterMs: 17_000,
    });
  });

  test('a fault of its own may have sent it; a closed door surely did not', async () => {
    fake.refuseNext('sendMessage', { error_code: 502, description: 'Bad Gateway' });
    expect(await refusedAs(say())).toMatchObject({
      code: 'platform_unavailable',
      permanent: false,
      unknown: true,
    });
    const closed = await buildTelegram({
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
    });
    const sending = closed.send(outboundTo(fake.addressOf('ana')));
    expect(await refusedAs(sending)).toMatchObject({ code: 'unreachable', permanent: false, unknown: false });
  });

  test('a file that is not there, or cannot be read to its end, ends the call', async () => {
    const broken = await refusedAs(say({ attachment: mediaOf('x', 'document') }));
    expect(broken).toMatchObject({ permanent: false });
    expect(fake.log).toEqual([]);
    const none = await buildTelegram({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url });
    const message = outboundTo(fake.addressOf('ana'), { attachment: mediaOf('p', 'image') });
    expect(await refusedAs(none.send(message))).toMatchObject({ code: 'no_such_media', permanent: true });
  });

  test('what takes more than one call is never cut', async () => {
    expect(await refusedAs(say({ text: 'a '.repeat(4_000) }))).toMatchObject({
      code: 'too_long',
      permanent: true,
    });
    expect(fake.log).toEqual([]);
  });

  test.each(['<html>Bad gateway</html>', '{"ok":false}', 'null', ''])(
    'an answer like %j of something in between names neither the token nor the words',
    async (answer) => {
      const server = createServer((request, response) => {
        request.resume();
        response.writeHead(404).end(answer);
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const between = await buildTelegram({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: root });
      const error = await refusedAs(between.send(outboundTo(fake.addressOf('ana'), { text: 'privado' })));
      server.closeAllConnections();
      server.close();
      const all = JSON.stringify([error.message, error.hint, error.stack, String(error.cause), error]);
      expect(all).not.toContain(fake.token);
      expect(all).not.toContain('privado');
      expect(error.unknown).toBe(true);
    },
  );
});

describe('typing', () => {
  test('is shown at most every four seconds in a chat', async () => {
    let now = 1_000_000;
    const env = { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url };
    const slow = await buildTelegram(env, { clock: { now: () => now } });
    const shown = () => fake.calls.filter(({ method }) => method === 'sendChatAction').length;
    slow.typing?.(fake.addressOf('ana'));
    slow.typing?.(fake.addressOf('ana'));
    slow.typing?.(fake.addressOf('ben'));
    await expect.poll(shown).toBe(2);
    now += 4_000;
    slow.typing?.(fake.addressOf('ana'));
    await expect.poll(shown).toBe(3);
  });
});

test('nothing that was sent is logged', () => {
  for (const secret of [fake.token, 'privado', 'router']) expect(logged.text).not.toContain(secret);
});

async function fakeGroup(): Promise<void> {
  void fake.push({
    message: { message_id: 1, chat: { id: -100_500, type: 'supergroup' }, date: 1, text: 'x' },
  });
}
