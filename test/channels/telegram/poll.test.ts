import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Inlet } from '../../../src/channels/channel.ts';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo } from '../inlet.ts';
import { buildTelegram, type LogText } from './build.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts';
import * as fixtures from './fixtures/updates.ts';

let fake: FakeTelegram;
const running: Channel[] = [];
let logged: LogText;

beforeEach(async () => {
  fake = await startFakeTelegram();
  logged = { text: '' };
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((channel) => channel.stop()));
  await fake.stop();
});

async function begin(receive: Inlet['receive'], env: Record<string, string> = {}) {
  const channel = await buildTelegram(
    { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url, ...env },
    {},
    logged,
  );
  running.push(channel);
  const inlet = inletTo(receive);
  await channel.start(inlet);
  return { channel, inlet };
}

const textOf = ({ gesture }: InboundMessage): string =>
  gesture.kind === 'message' && gesture.content.kind === 'text' ? gesture.content.text : '';
const stored = { conversation: 'c', duplicate: false };
const polls = () => fake.calls.filter(({ method }) => method === 'getUpdates').length;

test('a webhook of before is taken away, and what waited comes', async () => {
  const waited = fake.customerWrites('ana', 'hola');
  const received: string[] = [];
  await begin(async (message) => {
    received.push(textOf(message));
    return stored;
  });
  await waited;
  expect(received).toEqual(['hola']);
  expect(fake.calls.map(({ method }) => method).slice(0, 3)).toEqual([
    'getMe',
    'deleteWebhook',
    'getUpdates',
  ]);
});

test('messages of one chat are stored one after the other, those of others meanwhile', async () => {
  const order: string[] = [];
  const release = new Map<string, () => void>();
  void Promise.all(['a1', 'a2', 'a3'].map((text) => fake.customerWrites('ana', text)));
  void fake.customerWrites('ben', 'b1');
  await begin(async (message) => {
    const text = textOf(message);
    order.push(text);
    if (text.startsWith('a')) await new Promise<void>((resolve) => release.set(text, resolve));
    return stored;
  });
  await expect.poll(() => order).toEqual(['a1', 'b1']);
  for (const text of ['a1', 'a2', 'a3']) {
    await expect.poll(() => release.has(text)).toBe(true);
    release.get(text)?.();
  }
  await expect.poll(() => order).toEqual(['a1', 'b1', 'a2', 'a3']);
});

test('nothing is confirmed before all before it is stored; what failed comes again, in order', async () => {
  const received: string[] = [];
  let broken = true;
  const written = ['a1', 'a2', 'a3'].map((text) => fake.customerWrites('ana', text));
  const other = fake.customerWrites('ben', 'b1');
  await begin(async (message) => {
    const text = textOf(message);
    if (broken && text === 'a2') throw new Error('the store is away');
    received.push(text);
    return stored;
  });
  await written[0];
  expect(received.toSorted()).toEqual(['a1', 'b1']);
  expect(fake.pending).toBeGreaterThanOrEqual(3);
  broken = false;
  await Promise.all([...written, other]);
  expect(received.filter((text) => text.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(fake.pending).toBe(0);
});

test('what cannot be read is put aside and blocks nobody', async () => {
  const received: string[] = [];
  const { inlet } = await begin(async (message) => {
    received.push(textOf(message));
    return stored;
  });
  await fake.push({ message: { message_id: 'x', chat: { id: 1_000 } } });
  await fake.customerWrites('ana', 'detrás');
  expect(inlet.quarantined.map(({ reason }) => reason)).toEqual(['message.message_id: invalid_type']);
  expect(received).toEqual(['detrás']);
});

test('who presses, reacts, edits and sends files arrives', async () => {
  const received: InboundMessage[] = [];
  const { channel } = await begin(async (message) => {
    received.push(message);
    return stored;
  });
  await fake.customerWrites('ana', 'hola', 1);
  await channel.send({
    name: 'c.1.0',
    conversation: 'c',
    to: fake.addressOf('ana'),
    from: 'bot',
    text: '¿Te sirvió?',
    options: [{ id: 'helped', label: 'Sí' }],
    sources: [],
    attachment: null,
    language: 'es',
    number: 1,
    subject: null,
    answers: null,
  });
  await fake.customerTaps('ana', 'Sí');
  await fake.reacts('ana', 2, '👍');
  await fake.edits('ana', 1, 'hola otra vez');
  await fake.customerSendsPhoto('ana', new Uint8Array([1, 2, 3]), 'mira');
  expect(received.map(({ gesture }) => gesture.kind)).toEqual([
    'message',
    'message',
    'reaction',
    'edit',
    'message',
  ]);
  expect(fake.calls.some(({ method }) => method === 'answerCallbackQuery')).toBe(true);
});

describe('what goes wrong is said', () => {
  test('a wrong token ends the start', async () => {
    const starting = begin(async () => stored, { TELEGRAM_BOT_TOKEN: '1:wrong' });
    await expect(starting).rejects.toMatchObject({
      code: 'auth_failed',
      hint: expect.stringContaining('@BotFather'),
    });
  });

  test('a second program on the same bot', async () => {
    await begin(async () => stored);
    await expect.poll(() => fake.calls.some(({ method }) => method === 'deleteWebhook')).toBe(true);
    await fetch(`${fake.url}/bot${fake.token}/getUpdates`, { method: 'POST' }).then((answer) =>
      answer.text(),
    );
    await expect.poll(() => logged.text).toContain('somebody else receives the messages');
  });

  test('a token that was taken back', async () => {
    fake.refuseNext('getUpdates', { error_code: 401, description: 'Unauthorized' });
    await begin(async () => stored);
    await expect.poll(() => logged.text).toContain('does not know the bot token any more');
    expect(logged.text).not.toContain(fake.token);
  });

  test('a failed poll waits, as long as Telegram asks where it does', async () => {
    fake.refuseNext('getUpdates', {
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    const startedAt = performance.now();
    await begin(async () => stored);
    await expect.poll(polls).toBe(1);
    await fake.customerWrites('ana', 'hola');
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  test('while Telegram is away the start goes through, and it connects by itself', async () => {
    fake.refuseNext('getMe', { error_code: 502, description: 'Bad Gateway' });
    const received: string[] = [];
    await begin(async (message) => {
      received.push(textOf(message));
      return stored;
    });
    await fake.customerWrites('ana', 'hola');
    expect(received).toEqual(['hola']);
    expect(logged.text).toContain('Telegram could not be reached');
  });
});

test('a storm on a poll is stored in order and once confirmed never comes again', async () => {
  const received: string[] = [];
  await begin(async (message) => {
    received.push(message.key);
    return stored;
  });
  const all = Array.from({ length: 300 }, (_, n) => fake.customerWrites(`c${n % 10}`, `m${n}`));
  await Promise.all(all);
  expect(new Set(received).size).toBe(300);
  expect(received).toHaveLength(300);
  expect(fake.pending).toBe(0);
});

test('the fixtures come by polling as they do by webhook', async () => {
  const received: string[] = [];
  await begin(async ({ key }) => {
    received.push(key);
    return stored;
  });
  await fake.push(fixtures.groupMention);
  expect(received).toEqual(['telegram/4242/-1001234567890/77']);
});
