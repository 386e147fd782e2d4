import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import type { InboundMessage, Media } from '../../../src/core/message.ts';
import { inletTo } from '../inlet.ts';
import { buildTelegram } from './build.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts';

const token = '4242:AAfake_token_of_no_bot_at_all_000000';
const file: Media = { id: 'a'.repeat(32), kind: 'image', remote: 'file_1' };

let fake: FakeTelegram;
let channel: Channel;
let received: InboundMessage[];

beforeEach(async () => {
  fake = await startFakeTelegram();
  received = [];
  channel = await buildTelegram({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url });
  await channel.start(
    inletTo(async (message) => {
      received.push(message);
      return { conversation: 'c', duplicate: false };
    }),
  );
});
afterEach(async () => {
  await channel.stop();
  await fake.stop();
});

async function read(from: Channel, media: Media): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await from.fetch?.(media)) ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function mediaIn(message: InboundMessage | undefined): Media {
  const content = message?.gesture.kind === 'message' ? message.gesture.content : null;
  if (content?.kind !== 'media') throw new Error('no file came');
  return content.media;
}

test('a customer’s photo is fetched, byte for byte', async () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, n) => n % 251));
  await fake.customerSendsPhoto('ana', bytes, 'mira');
  const media = mediaIn(received[0]);
  expect(media).toMatchObject({ kind: 'image', bytes: bytes.length });
  expect((await read(channel, media)).equals(bytes)).toBe(true);
});

test('what Telegram gives no bot is known before a call, and after one', async () => {
  const before = fake.calls.length;
  const large = { ...file, bytes: 21 * 1024 * 1024 };
  await expect(read(channel, large)).rejects.toMatchObject({ code: 'media_too_large', permanent: true });
  expect(fake.calls.length).toBe(before);
  fake.refuseNext('getFile', { error_code: 400, description: 'Bad Request: file is too big' });
  await expect(read(channel, file)).rejects.toMatchObject({ code: 'media_too_large', permanent: true });
});

test('an id that Telegram does not know is given up; too many calls are not', async () => {
  await expect(read(channel, file)).rejects.toMatchObject({ code: 'rejected', permanent: true });
  const parameters = { retry_after: 3 };
  fake.refuseNext('getFile', { error_code: 429, description: 'Too Many Requests', parameters });
  await expect(read(channel, file)).rejects.toMatchObject({ retryAfterMs: 3_000, permanent: false });
});

/** A Bot API that answers with a path of its choice, and another server that must never be called. */
async function hostile(path: (elsewhere: string) => string, redirect = false) {
  const called: string[] = [];
  const elsewhere = createServer((request, response) => {
    called.push(request.url ?? '');
    response.end('taken');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => elsewhere.once('listening', resolve));
  const other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const asked: string[] = [];
  const api = createServer((request, response) => {
    request.resume();
    asked.push(request.url ?? '');
    if (request.url?.endsWith('/getFile')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, result: { file_id: 'x', file_path: path(other) } }));
    } else if (redirect) response.writeHead(302, { location: `${other}/x` }).end();
    else response.end('bytes');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => api.once('listening', resolve));
  const root = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const stop = () => {
    for (const server of [api, elsewhere]) {
      server.closeAllConnections();
      server.close();
    }
  };
  return {
    channel: await buildTelegram({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root }),
    called,
    asked,
    stop,
  };
}

test.each([
  ['that climbs', () => '../../bot/getMe'],
  ['that climbs later', () => 'photos/../../x'],
  ['that climbs in code', () => 'photos/%2e%2e/%2e%2e/x'],
  ['that is absolute', () => '/etc/passwd'],
  ['of another host', (other: string) => `${other}/x`],
  ['of another host without its protocol', (other: string) => other.replace('http:', '')],
  ['with a question', () => 'photos/x?y=1'],
  ['with a backslash', () => '..\\..\\x'],
  ['with a line end', () => 'photos/x\r\ny'],
  ['that is empty', () => ''],
])('a path %s is not fetched', async (_name, path) => {
  const server = await hostile(path);
  const error: unknown = await read(server.channel, file).catch((fault: unknown) => fault);
  expect(error).toMatchObject({ code: 'media_unavailable', permanent: true });
  expect([server.called, server.asked]).toEqual([[], [`/bot${token}/getFile`]]);
  expect(JSON.stringify([String(error), error])).not.toContain(token);
  server.stop();
});

test('a redirect is not followed', async () => {
  const server = await hostile(() => 'photos/file_1.jpg', true);
  const error: unknown = await read(server.channel, file).catch((fault: unknown) => fault);
  expect(error).toMatchObject({ code: 'media_unavailable', permanent: false });
  expect(server.called).toEqual([]);
  expect(JSON.stringify([String(error), error])).not.toContain(token);
  server.stop();
});
