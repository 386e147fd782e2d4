import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { addressOf } from '../../../src/channels/whatsapp-web/inbound.ts';
import { SendError } from '../../../src/core/errors.ts';
import { inletTo, type RecordingInlet } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { buildWhatsAppWeb, until } from './build.ts';
import { account, chatOf, createFakeWhatsApp, type FakeWhatsApp } from './fake-browser.ts';

const ana = addressOf(account, chatOf('ana'));
let fake: FakeWhatsApp;
let channel: Channel;
let inlet: RecordingInlet;
let keys: string[];
let storeIsAway: boolean;

beforeEach(() => {
  fake = createFakeWhatsApp();
  channel = buildWhatsAppWeb({ begin: fake.begin });
  keys = [];
  storeIsAway = false;
  inlet = inletTo(async ({ key }) => {
    if (storeIsAway) throw new Error('the store is away');
    const duplicate = keys.includes(key);
    if (!duplicate) keys.push(key);
    return { conversation: 'c', duplicate };
  });
});
afterEach(() => channel.stop());

const stateIs = (state: string) => until(() => channel.state?.().state === state);
const started = async () => {
  await channel.start(inlet);
  await until(() => fake.caughtUp.length > 0);
};
const refusal = async (sending: Promise<unknown> | undefined): Promise<SendError> => {
  const error = await sending?.catch((fault: unknown) => fault);
  if (!(error instanceof SendError)) throw new Error(`no refusal: ${JSON.stringify(error)}`);
  return error;
};

describe('the keeper of the browser', () => {
  test('what ends is started again, and connected again', async () => {
    await started();
    fake.die();
    await stateIs('restarting');
    await stateIs('ready');
    expect(fake.started()).toBe(2);
    await until(() => fake.caughtUp.length === 2);
  });

  test('what does not come up is started again ever later, and then somebody is asked to look', async () => {
    fake.linked = false;
    await channel.start(inlet);
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await until(() => channel.state?.().qr !== undefined);
      const at = performance.now();
      fake.die({ why: 'page_failed', detail: 'it is another page now' });
      await until(() => fake.started() === round + 2);
      waits.push(performance.now() - at);
    }
    expect(waits.slice(3).every((waitMs) => waitMs >= 75)).toBe(true);
    fake.die({ why: 'page_failed', detail: 'it is another page now' });
    await until(() => channel.state?.().line.includes('did not come up') === true);
    expect(channel.state?.().state).toBe('needs-attention');
  });

  test('what hangs is killed and started again', async () => {
    await started();
    fake.hangs = true;
    await until(() => fake.started() === 2);
    await stateIs('ready');
  });

  test('a browser of somebody else on the same folder is named', async () => {
    await started();
    fake.die({ why: 'profile_in_use', detail: 'The browser is already running' });
    await until(() => channel.state?.().line.includes('already running') === true);
    expect(channel.state?.().state).toBe('needs-attention');
  });

  test('a code is shown until the phone has scanned it', async () => {
    fake.linked = false;
    await channel.start(inlet);
    await stateIs('needs-attention');
    expect(channel.state?.().qr).toBe('2@code-1');
    fake.scan();
    await stateIs('ready');
    expect(channel.state?.().qr).toBeUndefined();
  });

  test('what nobody understands harms nobody, and an event of that kind is put aside', async () => {
    await started();
    const garbage = [
      null,
      7,
      'x',
      [],
      {},
      { is: 'sent' },
      { is: 'event' },
      { is: 'ready', account: '../..' },
    ];
    for (const one of garbage) fake.saysGarbage(one);
    await fake.tells({ kind: 'message', from: 'group@g.us', id: '1', text: 'hola' });
    expect(inlet.quarantined.map(({ key }) => key)).toEqual([
      expect.stringMatching(/^whatsapp-web\/34910000001\/unreadable\/[0-9a-f]{64}$/u),
    ]);
    await fake.customerWrites('ana', '2', 'hola');
    expect(keys).toHaveLength(1);
  });
});

describe('sending', () => {
  test('a crash in mid-send leaves open what became of it', async () => {
    await started();
    fake.mood = 'dies-before';
    const error = await refusal(channel.send(outboundTo(ana)));
    expect([error.code, error.unknown, error.permanent]).toEqual(['connection_lost', true, false]);
  });

  test('what went out before the crash is found again, once', async () => {
    await started();
    const answers = { externalId: '1', at: Date.now() };
    const part = outboundTo(ana, { text: 'una sola vez', answers });
    fake.mood = 'dies-after';
    await refusal(channel.send(part));
    await stateIs('ready');
    expect(await channel.find?.(part)).toEqual({ externalId: '3EB00' });
    // Now it is known: the same words later are not taken for it.
    expect(await channel.find?.(part)).toBe('unknown');
  });

  test('no answer in time leaves it open, too', async () => {
    await started();
    fake.mood = 'never-answers';
    expect(await refusal(channel.send(outboundTo(ana)))).toMatchObject({ code: 'timeout', unknown: true });
  });

  test('without a phone nothing goes out, and it is known that it did not', async () => {
    fake.linked = false;
    await channel.start(inlet);
    await stateIs('needs-attention');
    const error = await refusal(channel.send(outboundTo(ana)));
    expect(error).toMatchObject({
      code: 'not_connected',
      unknown: false,
      scope: 'account',
      retryAfterMs: 15_000,
    });
  });

  test('whom WhatsApp does not know is never tried again; another number of ours is not used', async () => {
    await started();
    fake.mood = 'undeliverable';
    expect(await refusal(channel.send(outboundTo(ana)))).toMatchObject({
      code: 'undeliverable',
      permanent: true,
    });
    const other = addressOf('34999999999', chatOf('ana'));
    expect(await refusal(channel.send(outboundTo(other)))).toMatchObject({
      code: 'other_account',
      permanent: true,
    });
  });
});

describe('receiving', () => {
  test('every event five times, shuffled, eight at once: one of each', async () => {
    await started();
    const events = Array.from({ length: 20 }, (_, index) => index % 20);
    const storm = [...events, ...events, ...events, ...events, ...events].toSorted(
      (a, b) => ((a * 7_919 + 13) % 101) - ((b * 7_919 + 13) % 101),
    );
    for (let from = 0; from < storm.length; from += 8) {
      await Promise.all(
        storm.slice(from, from + 8).map((n) => fake.customerWrites('ana', `M${n}`, `hola ${n}`)),
      );
    }
    expect(keys).toHaveLength(20);
  });

  test('what could not be stored is not lost from the mark: it is asked for again after a restart', async () => {
    await started();
    // Later than the overlap that is asked for anyway.
    const early = Math.floor(Date.now() / 1_000) + 10;
    storeIsAway = true;
    const words = { kind: 'message', from: chatOf('ana'), type: 'chat', text: 'hola' };
    await expect(fake.tells({ ...words, id: 'A', at: early })).rejects.toThrow();
    storeIsAway = false;
    await fake.tells({ ...words, id: 'B', at: early + 500 });
    fake.die();
    await until(() => fake.caughtUp.length === 2);
    expect(fake.caughtUp.at(-1)).toBeLessThan(early);
  });

  test('a file is kept before its message, and is gone from the folder afterwards', async () => {
    await started();
    const bytes = Buffer.from('a photo');
    await fake.customerSendsFile('ana', '7', { type: 'image/jpeg', kind: 'image', bytes });
    expect([...inlet.kept.values()].map(String)).toEqual([String(bytes)]);
  });
});
