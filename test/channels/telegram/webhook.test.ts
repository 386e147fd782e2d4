import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo, type RecordingInlet } from '../inlet.ts';
import { buildTelegram, type LogText, webhookSecret } from './build.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts';
import * as fixtures from './fixtures/updates.ts';

const address = 'https://support.example.com/hooks/telegram';
const header = 'x-telegram-bot-api-secret-token';
const body = JSON.stringify(fixtures.photo);

let fake: FakeTelegram;
let channel: Channel;
let inlet: RecordingInlet;
let received: InboundMessage[];
let storeAway = false;
const logged: LogText = { text: '' };

beforeAll(async () => {
  fake = await startFakeTelegram();
  const env = {
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.url,
    TELEGRAM_WEBHOOK_SECRET: webhookSecret,
  };
  channel = await buildTelegram(env, { publicUrl: 'https://support.example.com' }, logged);
  inlet = inletTo(async (message) => {
    if (storeAway) throw new Error('the store is away');
    const duplicate = received.some(({ key }) => key === message.key);
    if (!duplicate) received.push(message);
    return { conversation: 'c', duplicate };
  });
  received = [];
  await channel.start(inlet);
});
afterAll(async () => {
  await channel.stop();
  await fake.stop();
});
beforeEach(() => {
  received = [];
  inlet.quarantined.length = 0;
});

type HeadersInit = ConstructorParameters<typeof Headers>[0];

async function post(
  payload: string | Uint8Array,
  headers: HeadersInit = { [header]: webhookSecret },
  url = address,
) {
  const request = new Request(url, { method: 'POST', headers, body: payload } as RequestInit);
  const response = await channel.webhook?.(request);
  if (response === undefined) throw new Error('it has no webhook');
  return response.status;
}

test('it is set at start, with the secret and what is wanted', () => {
  expect(fake.calls.map(({ method }) => method).slice(0, 2)).toEqual(['getMe', 'setWebhook']);
});

describe('a forged call is refused: nothing is received, kept or fetched', () => {
  const wrongKey = createHmac('sha256', 'wrong').update(body).digest('hex');
  const doubled = new Headers([
    [header, webhookSecret],
    [header, webhookSecret],
  ]);
  test.each<[string, string | Uint8Array, HeadersInit, string?]>([
    ['no secret', body, {}],
    ['an empty secret', body, { [header]: '' }],
    ['a wrong one', body, { [header]: wrongKey }],
    ['the body written anew', JSON.stringify(JSON.parse(body), null, 2), { [header]: 'x'.repeat(30) }],
    ['the secret of another account', body, { [header]: 'another-secret_0123456789' }],
    ['the time six minutes behind', body, { date: new Date(Date.now() - 360_000).toUTCString() }],
    ['the time six minutes ahead', body, { date: new Date(Date.now() + 360_000).toUTCString() }],
    ['its sha1 instead', body, { [header]: createHash('sha1').update(webhookSecret).digest('hex') }],
    ['its sha256 instead', body, { [header]: createHash('sha256').update(webhookSecret).digest('hex') }],
    ['a cut secret', body, { [header]: webhookSecret.slice(0, -1) }],
    ['a longer secret', body, { [header]: `${webhookSecret}0` }],
    ['the header twice', body, doubled],
    ['another case', body, { [header]: webhookSecret.toUpperCase() }],
    ['a compressed body', gzipSync(body), { 'content-encoding': 'gzip' }],
    ['the secret in the path', body, {}, `${address}/../telegram?secret_token=${webhookSecret}`],
    ['the token in the path', body, {}, `${address}/4242:AAfake_token_of_no_bot_at_all_000000`],
    ['a huge body', 'x'.repeat(5_000_000), { [header]: 'wrong' }],
    ['the signature of another platform', body, { 'x-hub-signature-256': `sha256=${wrongKey}` }],
  ])('%s', async (_name, payload, headers, url) => {
    const before = fake.calls.length;
    expect(await post(payload, headers, url)).toBe(401);
    expect([received, inlet.quarantined]).toEqual([[], []]);
    expect(fake.calls.length).toBe(before);
  });

  test('the secret is not enough for a huge or a compressed body', async () => {
    expect(await post('x'.repeat(2_000_000))).toBe(413);
    expect(await post(gzipSync(body), { [header]: webhookSecret, 'content-encoding': 'gzip' })).toBe(415);
    expect([received, inlet.quarantined]).toEqual([[], []]);
  });

  test('a body that says no length is read no further than allowed', async () => {
    let sent = 0;
    const long = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        if (sent > 8_000_000) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { method: 'POST', headers: { [header]: webhookSecret }, body: long, duplex: 'half' };
    const response = await channel.webhook?.(new Request(address, init as RequestInit));
    expect(response?.status).toBe(413);
    expect(sent).toBeLessThan(1_500_000);
  });

  test('a replay is stored once', async () => {
    expect([await post(body), await post(body), await post(body)]).toEqual([200, 200, 200]);
    expect(received).toHaveLength(1);
  });

  test('it tells by no time how much of the secret was right', async () => {
    const timeOf = async (secret: string) => {
      const times: number[] = [];
      for (let n = 0; n < 200; n += 1) {
        const startedAt = performance.now();
        await post('{}', { [header]: secret });
        times.push(performance.now() - startedAt);
      }
      return times.toSorted((a, b) => a - b)[100] ?? 0;
    };
    await timeOf('warm');
    const none = await timeOf('x'.repeat(webhookSecret.length));
    const most = await timeOf(`${webhookSecret.slice(0, -1)}x`);
    expect(Math.abs(none - most)).toBeLessThan(1);
  });
});

describe('a call with the secret', () => {
  test('is acknowledged only when it is stored', async () => {
    storeAway = true;
    expect(await post(body)).toBe(503);
    storeAway = false;
    expect(await post(body)).toBe(200);
  });

  test.each([
    ['no JSON', '{"update_id":1,'],
    ['no update', '[1,2,3]'],
    ['a message without a number', '{"update_id":5,"message":{"text":"hola"}}'],
    ['a number too large', '{"update_id":5,"message":{"message_id":1e300,"chat":{"id":1}}}'],
    ['what no database keeps', '{"x":"\u0000"'],
  ])('that holds %s is put aside and acknowledged', async (_name, payload) => {
    expect([await post(payload), await post(payload)]).toEqual([200, 200]);
    expect(inlet.quarantined).toHaveLength(1);
    expect(inlet.quarantined[0]?.key).toMatch(/^telegram\/4242\/unreadable\/[\da-f]{64}$/u);
    expect(inlet.quarantined[0]?.raw).not.toContain('\u0000');
    expect(received).toEqual([]);
  });

  test('a press is answered once it is stored', async () => {
    const answers = () => fake.calls.filter(({ method }) => method === 'answerCallbackQuery').length;
    const before = answers();
    await post(JSON.stringify(fixtures.press));
    expect(received).toHaveLength(1);
    await expect.poll(answers).toBe(before + 1);
  });

  test('every event five times, shuffled, eight at once: each is stored once', async () => {
    const events = [
      fixtures.text,
      fixtures.photo,
      ...fixtures.album,
      fixtures.edited,
      fixtures.press,
      fixtures.reaction,
      fixtures.reactionTakenBack,
      fixtures.groupMention,
      fixtures.voice,
    ];
    const keys = new Set<string>();
    const left = [...events, ...events, ...events, ...events, ...events]
      .map((update, index) => ({ update, order: createHash('md5').update(`${index}`).digest('hex') }))
      .toSorted((a, b) => a.order.localeCompare(b.order))
      .map(({ update }) => JSON.stringify(update));
    const worker = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) expect(await post(next)).toBe(200);
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    for (const { key } of received) keys.add(key);
    // Text and voice have the fixtures' one message number: they are the same message to the platform.
    expect(keys.size).toBe(received.length);
    expect(received.length).toBe(8);
  });

  test('our own messages, echoed, are dropped', async () => {
    expect(await post(JSON.stringify(fixtures.anotherBot))).toBe(200);
    expect([received, inlet.quarantined]).toEqual([[], []]);
  });
});

const folder = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora', 'json-test-suite', 'test_parsing');
const suite = existsSync(folder) ? readdirSync(folder) : [];
test.skipIf(suite.length === 0)(`no JSON makes it fail (left out: no ${folder})`, async () => {
  for (const name of suite) expect([name, await post(readFileSync(join(folder, name)))]).toEqual([name, 200]);
  expect(received).toEqual([]);
});

test('neither the secret nor the token nor a word of a customer is logged', () => {
  expect(logged.text).toContain('could not be stored');
  for (const secret of [webhookSecret, fake.token, 'así se ve', 'García'])
    expect(logged.text).not.toContain(secret);
});
