import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo, type RecordingInlet } from '../inlet.ts';
import { channelAt } from './channel.ts';
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts';
import { fixture, fixtureNames } from './fixture.ts';

const address = 'https://relevo.test/hooks/whatsapp-cloud';
const corpora = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora');

let fake: FakeWhatsApp;
let webhook: (request: Request) => Promise<Response>;
let stop: () => Promise<void>;
let inlet: RecordingInlet;
let stored: Map<string, InboundMessage>;

beforeEach(async () => {
  fake = await startFakeWhatsApp();
  stored = new Map();
  inlet = inletTo(async (message) => {
    const duplicate = stored.has(message.key);
    if (!duplicate) stored.set(message.key, message);
    return { conversation: 'c', duplicate };
  });
  const { channel, webhook: hook } = channelAt(fake);
  webhook = hook;
  stop = () => channel.stop();
  await channel.start(inlet);
});

afterEach(async () => {
  await stop();
  await fake.stop();
});

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> {
  return webhook(new Request(address, { method: 'POST', body, headers }));
}

const signed = (body: string, signature = fake.sign(body)) =>
  post(body, { 'x-hub-signature-256': signature });

describe('the challenge', () => {
  const ask = (query: Record<string, string>) =>
    webhook(new Request(`${address}?${new URLSearchParams(query)}`));

  test('is given back to whoever knows the word', async () => {
    const answer = await ask({
      'hub.mode': 'subscribe',
      'hub.verify_token': 'palabra',
      'hub.challenge': '<b>1158201444</b>',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/u);
    expect(await answer.text()).toBe('<b>1158201444</b>');
  });

  test.each<Record<string, string>>([
    { 'hub.mode': 'subscribe', 'hub.verify_token': 'palabrA', 'hub.challenge': '1' },
    { 'hub.mode': 'subscribe', 'hub.challenge': '1' },
    { 'hub.mode': 'unsubscribe', 'hub.verify_token': 'palabra', 'hub.challenge': '1' },
    {},
  ])('is refused to others: %j', async (query) => {
    const answer = await ask(query);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('');
  });
});

describe('a signed webhook', () => {
  test.each(fixtureNames)('%s is acknowledged, and nobody is called', async (name) => {
    expect((await signed(fixture(name))).status).toBe(200);
    expect(
      stored.size + inlet.quarantined.length + inlet.reports.length + inlet.cursors.size,
    ).toBeGreaterThanOrEqual(
      ['account-update', 'status-of-others', 'system-number-changed', 'user-id-update'].includes(name)
        ? 0
        : 1,
    );
    expect(fake.calls).toEqual([]);
  });

  test('may be signed in its escaped form', async () => {
    const body = JSON.stringify(JSON.parse(fixture('text')));
    const escaped = body.replace(
      /[^\0-~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect((await signed(body, fake.sign(escaped))).status).toBe(200);
    expect(stored.size).toBe(1);
  });

  test('is not acknowledged while the store is away, and comes again whole', async () => {
    let away = true;
    const { channel, webhook: hook } = channelAt(fake);
    const late = new Set<string>();
    await channel.start({
      ...inletTo(async ({ key }) => {
        if (away && key.endsWith('wamid.B')) throw new Error('the store is away');
        const duplicate = late.has(key);
        late.add(key);
        return { conversation: 'c', duplicate };
      }),
    });
    const body = fixture('batch');
    const deliver = () =>
      hook(
        new Request(address, { method: 'POST', body, headers: { 'x-hub-signature-256': fake.sign(body) } }),
      );
    expect((await deliver()).status).toBe(503);
    expect(late.size).toBe(1);
    away = false;
    expect((await deliver()).status).toBe(200);
    expect(late.size).toBe(3);
    await channel.stop();
    expect((await deliver()).status).toBe(503);
  });

  test('for another number is kept apart, not received', async () => {
    const body = fake.bodyOf(
      { messages: [{ id: 'wamid.X', from: '16505551234', type: 'text', text: { body: 'x' } }] },
      '1',
    );
    expect((await signed(body)).status).toBe(200);
    expect(stored.size).toBe(0);
    expect(inlet.quarantined.map(({ reason }) => reason)).toEqual(['for another phone number id than ours']);
    expect(inlet.quarantined[0]?.raw).toContain('wamid.X');
  });
});

describe('a forged webhook is refused', () => {
  const body = () => fixture('image');
  const hmac = (algorithm: string, text: string, key: string) =>
    createHmac(algorithm, key).update(text).digest('hex');

  const forgeries: [string, () => Promise<Response>][] = [
    ['without a signature', () => post(body(), {})],
    ['with an empty signature', () => signed(body(), '')],
    ['with the wrong key', () => signed(body(), fake.sign(body(), 'guess'))],
    ["with another account's secret", () => signed(body(), fake.sign(body(), 'the secret of another app'))],
    ['with the token for a key', () => signed(body(), fake.sign(body(), fake.settings.token))],
    ['re-serialised', () => signed(JSON.stringify(JSON.parse(body())), fake.sign(body()))],
    ['one byte changed', () => signed(body().replace('Taj', 'Tai'), fake.sign(body()))],
    [
      'with sha1 in the old header',
      () => post(body(), { 'x-hub-signature': `sha1=${hmac('sha1', body(), fake.settings.appSecret)}` }),
    ],
    [
      'with sha1 under the new name',
      () => signed(body(), `sha1=${hmac('sha1', body(), fake.settings.appSecret)}`),
    ],
    ['with sha256 cut to the length of sha1', () => signed(body(), fake.sign(body()).slice(0, 47))],
    ['with a cut signature', () => signed(body(), fake.sign(body()).slice(0, -1))],
    ['with a signature in upper case', () => signed(body(), fake.sign(body()).toUpperCase())],
    ['with a signature without its name', () => signed(body(), fake.sign(body()).slice(7))],
    ['with two signatures', () => signed(body(), `${fake.sign(body())}, ${fake.sign(body())}`)],
    [
      'with a wrong one before the right one',
      () => signed(body(), `sha256=${'0'.repeat(64)}, ${fake.sign(body())}`),
    ],
    ['with more behind it', () => signed(body(), `${fake.sign(body())}00`)],
    [
      'compressed, signed as it was before',
      () =>
        post(new Uint8Array(gzipSync(body())), {
          'content-encoding': 'gzip',
          'x-hub-signature-256': fake.sign(body()),
        }),
    ],
    [
      'in the address instead of the body',
      () =>
        webhook(
          new Request(`${address}?${new URLSearchParams({ body: body() })}`, {
            method: 'POST',
            headers: { 'x-hub-signature-256': fake.sign(body()) },
          }),
        ),
    ],
    [
      'under the name of Slack',
      () => post(body(), { 'x-slack-signature': `v0=${hmac('sha256', body(), fake.settings.appSecret)}` }),
    ],
    ['by another method', () => webhook(new Request(address, { method: 'PUT', body: body() }))],
    ['huge', () => post(new Uint8Array(8_000_000), { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` })],
    ['huge, and rightly signed', () => signed(`"${'x'.repeat(5_000_000)}"`)],
  ];

  test.each(forgeries)('%s', async (_, forge) => {
    const { status } = await forge();
    expect([401, 405, 413]).toContain(status);
    expect([...stored.keys(), ...inlet.quarantined, ...inlet.reports, ...inlet.cursors.keys()]).toEqual([]);
    expect(fake.calls).toEqual([]);
  });

  test('a replay is stored once', async () => {
    for (let time = 0; time < 3; time += 1) expect((await signed(body())).status).toBe(200);
    expect(stored.size).toBe(1);
  });
});

describe('a storm of redeliveries', () => {
  test('every event five times, shuffled, eight at once: one each', async () => {
    const bodies = Array.from({ length: 60 }, (_, index) =>
      fake.bodyOf({
        messages: [
          {
            id: `wamid.${index}`,
            timestamp: String(1_749_416_383 + index),
            ...[{ from: `52155000${index % 6}` }, { from_user_id: `MX.${index % 6}` }, {}][index % 3],
            ...(index % 3 === 2 ? { from: `52155000${index % 6}`, from_user_id: `MX.${index % 6}` } : {}),
            type: 'text',
            text: { body: `n.º ${index}` },
          },
        ],
        statuses: [{ id: `wamid.out.${index}`, status: 'read', biz_opaque_callback_data: `c.${index}.0` }],
      }),
    );
    const queue = shuffled([...bodies, ...bodies, ...bodies, ...bodies, ...bodies]);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
          expect((await signed(body)).status).toBe(200);
        }
      }),
    );
    expect(stored.size).toBe(60);
    expect(new Set(inlet.reports.map(({ message }) => JSON.stringify(message))).size).toBe(60);
    expect(inlet.quarantined).toEqual([]);
  });

  test('a pair in the same millisecond is one message', async () => {
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => {
        const message = {
          id: `wamid.${index >> 1}`,
          from: '5215500001',
          type: 'text',
          text: { body: 'hola' },
        };
        return signed(fake.bodyOf({ messages: [message] }));
      }),
    );
    expect(stored.size).toBe(500);
    expect(new Set([...stored.values()].map(({ address: { user } }) => user)).size).toBe(1);
  });
});

const jsonFolder = join(corpora, 'json-test-suite', 'test_parsing');
const jsonBodies = existsSync(jsonFolder) ? readdirSync(jsonFolder) : [];
describe.skipIf(jsonBodies.length === 0)(
  `JSON bodies (left out without ${jsonFolder}; RELEVO_SHARED names it)`,
  () => {
    test('each of them, rightly signed, is acknowledged and blocks nobody', async () => {
      for (const name of jsonBodies) {
        const body = new Uint8Array(readFileSync(join(jsonFolder, name)));
        const { status } = await post(body, { 'x-hub-signature-256': fake.sign(body) });
        expect([name, status]).toEqual([name, 200]);
      }
      expect(stored.size).toBe(0);
      expect(jsonBodies.length).toBeGreaterThan(300);
    });
  },
);

const naughtyFile = join(corpora, 'blns', 'blns.json');
const naughty: readonly string[] = existsSync(naughtyFile)
  ? JSON.parse(readFileSync(naughtyFile, 'utf8'))
  : [];
describe.skipIf(naughty.length === 0)(
  `naughty strings (left out without ${naughtyFile}; RELEVO_SHARED names it)`,
  () => {
    test('each arrives as it was written', async () => {
      for (const [index, text] of naughty.entries()) await fake.customerWrites('ana', text, `wamid.${index}`);
      const came = [...stored.values()].map(({ gesture }) =>
        gesture.kind === 'message' && gesture.content.kind === 'text' ? gesture.content.text : null,
      );
      expect(came).toEqual(naughty);
    });
  },
);

function shuffled<Item>(items: Item[]): Item[] {
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
