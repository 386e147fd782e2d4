import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { channelKinds } from '../../src/channels/registry.ts';
import { systemClock } from '../../src/core/clock.ts';
import { randomIds } from '../../src/core/ids.ts';
import type { Media } from '../../src/core/message.ts';
import { createSlackApps } from '../../src/slack/slack-apps.ts';
import { silentLog } from '../log.ts';

const corpus = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora/derived/ssrf-urls.json');
const present = existsSync(corpus);
const listed: readonly string[] = present
  ? JSON.parse(readFileSync(corpus, 'utf8')).block.map((line: string) => line.split(' ')[0])
  : [];

/** A platform that says what it likes of where a file is. */
let address = '';
/** What it answers where the file should be: the bytes, or a way to somewhere else. */
let behaviour: 'redirect' | 'bytes' = 'bytes';
let asked: string[] = [];
const platform = createServer((request, response) => answer(request, response));

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '').split('?')[0] ?? '';
  asked.push(path);
  const json = (body: object) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (path.endsWith('/getFile')) return void json({ ok: true, result: { file_id: 'f', file_path: address } });
  if (path === '/api/files.info')
    return void json({ ok: true, file: { url_private: address, mimetype: 'image/png' } });
  if (path === '/v24.0/77')
    return void json({ url: address, mime_type: 'image/png', file_size: 4, id: '77' });
  if (behaviour === 'redirect') return void response.writeHead(302, { location: canaryUrl }).end();
  response.writeHead(200, { 'content-type': 'image/png' }).end('file');
}

/** Somebody else on this computer, who must never be called. */
let canaryCalls = 0;
const canary = createServer((_request, response) => {
  canaryCalls += 1;
  response.end('secret');
});
let canaryUrl = '';
let root = '';
let port = 0;

/** Wherever anybody connected to. */
let connected: string[] = [];

beforeAll(async () => {
  for (const server of [platform, canary]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  port = (platform.address() as AddressInfo).port;
  root = `http://127.0.0.1:${port}`;
  canaryUrl = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/secret`;
});
afterAll(() => {
  for (const server of [platform, canary]) {
    server.close();
    server.closeAllConnections();
  }
});
beforeEach(() => {
  [connected, asked, canaryCalls, behaviour] = [[], [], 0, 'bytes'];
  const connect = Socket.prototype.connect;
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...words: unknown[]) {
    const [first] = words.flat() as [{ host?: string; port?: number | string; path?: string }];
    connected.push(`${first.host ?? first.path}:${first.port}`);
    return Reflect.apply(connect, this, words) as Socket;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  telegram: { TELEGRAM_BOT_TOKEN: '4242:AAfake_token_of_no_bot_at_all_000000', TELEGRAM_API_ROOT: '' },
  slack: {
    SLACK_BOT_TOKEN: 'xoxb-fake',
    SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99aaaccc85a5',
    SLACK_API_URL: '/api/',
  },
  'whatsapp-cloud': {
    WHATSAPP_CLOUD_TOKEN: 'EAAtest',
    WHATSAPP_CLOUD_PHONE_ID: '106540352242922',
    WHATSAPP_CLOUD_APP_SECRET: 'app-secret',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
    WHATSAPP_CLOUD_API_ROOT: '/v24.0',
  },
};

/** The channel as its settings make it, at our platform. */
function channelNamed(name: string): Promise<Channel> {
  const kind = channelKinds.find((one) => one.name === name);
  const env = Object.fromEntries(
    Object.entries(variables[name] ?? {}).map(([key, value]) => [
      key,
      /_(?:ROOT|URL)$/u.test(key) ? `${root}${value}` : value,
    ]),
  );
  const setup = kind?.read(env);
  if (!setup || 'faults' in setup) throw new Error(`${name}: ${JSON.stringify(setup)}`);
  return setup.create({
    clock: systemClock,
    ids: randomIds,
    log: silentLog,
    say: (_language, key) => key,
    media: async () => {
      throw new Error('nothing is sent');
    },
    folder: async () => '',
    publicUrl: null,
    slack: createSlackApps({ clock: systemClock, log: silentLog, publicUrl: null }),
  });
}

/** Fetches the file to its end. @returns what it got, or null when it was refused */
async function got(channel: Channel, remote: string): Promise<string | null> {
  const media: Media = { id: randomIds.id(), kind: 'image', remote };
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await channel.fetch?.(media)) ?? []) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } catch {
    return null;
  }
}

const remotes: Readonly<Record<string, string>> = { telegram: 'f', slack: 'F1', 'whatsapp-cloud': '77' };
const places: Readonly<Record<string, string>> = { telegram: 'photos/file_1.jpg' };

describe.each(Object.keys(variables))('a file of %s', (name) => {
  const remote = remotes[name] ?? '';
  const ours = () => places[name] ?? `${root}/files/1`;
  const elsewhere = () => connected.filter((one) => one !== `127.0.0.1:${port}`);

  test('is fetched from the platform', async () => {
    address = ours();
    expect(await got(await channelNamed(name), remote)).toBe('file');
    expect(asked.length).toBe(2);
    expect(elsewhere()).toEqual([]);
  });

  test.skipIf(!present)(
    `is never fetched from any of ${listed.length} addresses that lead inside${present ? '' : ` (${corpus} is missing)`}`,
    async () => {
      const channel = await channelNamed(name);
      const more = [canaryUrl, `${root}@evil.test/`, `//${new URL(canaryUrl).host}/`, `${root}.evil.test/`];
      for (const one of [...listed, ...more]) {
        address = one;
        expect(await got(channel, remote), one).toBeNull();
      }
      expect(elsewhere()).toEqual([]);
      expect(canaryCalls).toBe(0);
    },
    60_000,
  );

  test('is not looked for behind a redirect', async () => {
    address = ours();
    behaviour = 'redirect';
    expect(await got(await channelNamed(name), remote)).toBeNull();
    expect(asked.length).toBe(2);
    expect([elsewhere(), canaryCalls]).toEqual([[], 0]);
  });

  test('is never named by what a customer wrote', async () => {
    address = ours();
    const channel = await channelNamed(name);
    for (const one of [canaryUrl, '../../etc/passwd', '77/../../x', '', '?x=1', `${remote}\r\nHost: evil`]) {
      await got(channel, one);
    }
    expect([elsewhere(), canaryCalls]).toEqual([[], 0]);
    expect(asked.filter((path) => /etc|\.\.|\r/u.test(path))).toEqual([]);
  });
});

test('whoever connects elsewhere is seen here', async () => {
  await (await fetch(canaryUrl)).text();
  expect([connected, canaryCalls]).toEqual([[new URL(canaryUrl).host], 1]);
});

test('every channel that fetches is looked at here', () => {
  const without = channelKinds.map((kind) => kind.name).filter((name) => !(name in variables));
  expect(without.filter((name) => !['email', 'whatsapp-web'].includes(name))).toEqual([]);
});
