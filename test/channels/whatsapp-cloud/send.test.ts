import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WhatsAppCloudSettings } from '../../../src/channels/whatsapp-cloud/index.ts';
import { channelAt } from './channel.ts';
import { faults } from './fake-rules.ts';
import {
  ana,
  came,
  channel,
  close,
  fake,
  heard,
  inlet,
  newest,
  open,
  pass,
  refusal,
  reply,
} from './sending.ts';

beforeEach(() => open());
afterEach(() => close());

describe('a conversation', () => {
  test('options are tapped as buttons, rows and numbers, and come back as what they are', async () => {
    await fake.customerWrites('ana', '¿Cómo cambio la clave?');
    const offer = (labels: string[]) => labels.map((label, index) => ({ id: `o-${index}`, label }));
    await channel.send(reply({ options: offer(['Me sirvió', 'No me sirvió']) }));
    await fake.customerTaps('ana', 'No me sirvió');
    expect(newest().gesture).toMatchObject({
      content: { kind: 'choice', option: 'o-1', label: 'No me sirvió' },
    });

    const long = 'La impresora no conecta por wifi';
    await channel.send(reply({ name: 'c.2.0', options: offer(['Otra cosa', long]) }));
    await fake.customerTaps('ana', long);
    expect(newest().gesture).toMatchObject({ content: { kind: 'choice', option: 'o-1', label: long } });

    await channel.send(reply({ name: 'c.3.0', options: offer([...'abcdefghijk']) }));
    await fake.customerTaps('ana', 'k');
    expect(newest().gesture).toMatchObject({ content: { kind: 'text', text: '11' } });
    expect(newest().replyTo).toBe(fake.log.at(-1)?.id);
  });

  test('reactions, edits and deletions are about the message they name', async () => {
    const id = await fake.customerWrites('ana', 'hola');
    const { externalId } = await channel.send(reply());
    await fake.customerReacts('ana', externalId, '👎');
    expect(newest().gesture).toEqual({ kind: 'reaction', of: externalId, emoji: '👎' });
    await fake.customerReacts('ana', externalId, null);
    expect(newest().gesture).toEqual({ kind: 'reaction', of: externalId, emoji: null });
    await fake.customerEdits('ana', id, 'hola de nuevo');
    expect(newest().gesture).toMatchObject({ kind: 'edit', of: id });
    await fake.customerDeletes('ana', id);
    expect(newest().gesture).toEqual({ kind: 'deletion', of: id });
  });

  test('every status comes back under our name and the id, whatever the order', async () => {
    await open({ statuses: ['read', 'sent', 'delivered'], deliveries: 2 });
    await fake.customerWrites('ana', 'hola');
    const { externalId } = await channel.send(reply({ name: 'c.4.0#2' }));
    await fake.settled();
    expect(inlet.reports).toHaveLength(6);
    for (const report of inlet.reports)
      expect(report).toMatchObject({ message: { name: 'c.4.0#2' }, externalId });
  });

  test('a customer with a hidden phone is answered by their id, and later by both', async () => {
    fake.person('ana').shows = 'userId';
    await fake.customerWrites('ana', 'hola');
    const address = ana();
    const { userId, phone } = fake.person('ana');
    await channel.send(reply());
    expect(fake.log.at(-1)?.message).toMatchObject({ recipient: userId });
    expect(fake.log.at(-1)?.message.to).toBeUndefined();

    fake.person('ana').shows = 'both';
    await fake.customerWrites('ana', 'y ahora con teléfono');
    expect(ana()).toEqual(address);
    await channel.send(reply({ name: 'c.2.0' }));
    expect(fake.log.at(-1)?.message).toMatchObject({ to: phone, recipient: userId });

    fake.person('ana').shows = 'phone';
    await fake.customerWrites('ana', 'y solo con él');
    expect(ana()).toEqual(address);
  });

  test('a customer with a new number stays who they are, and is answered there', async () => {
    await fake.customerWrites('ana', 'hola');
    const address = ana();
    const before = fake.person('ana').phone;
    pass(1_000);
    const { phone } = await fake.customerChangesNumber('ana');
    expect(came).toHaveLength(1);
    await channel.send(reply({ name: 'c.2.0' }));
    expect(phone).not.toBe(before);
    expect(fake.log.at(-1)?.message.to).toBe(phone);
    await fake.customerWrites('ana', 'sigo aquí');
    expect(ana()).toEqual(address);
  });

  test('reading and writing are shown at the newest message', async () => {
    await fake.customerWrites('ana', 'uno');
    const second = await fake.customerWrites('ana', 'dos');
    channel.typing?.(ana());
    await vi.waitFor(() => expect(fake.seen).toHaveLength(1));
    expect(fake.seen[0]).toEqual({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: second,
      typing_indicator: { type: 'text' },
    });
    channel.typing?.({ ...ana(), user: 'MX.nobody' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fake.seen).toHaveLength(1);
  });
});

describe('what the platform refuses', () => {
  const odd = (status: number, code: number) => ({ status, code, title: 'x' });

  test.each([
    [odd(401, 190), { code: 'bad_token', permanent: true }],
    [odd(403, 200), { code: 'no_permission', permanent: true }],
    [odd(400, 131026), { code: 'undeliverable', permanent: true }],
    [odd(400, 131051), { code: 'unsupported_message', permanent: true }],
    [odd(400, 131047), { code: 'outside_window', permanent: true }],
    [odd(400, 131031), { code: 'account_blocked', permanent: true }],
    [odd(400, 131030), { code: 'not_allowed', permanent: true }],
    [odd(404, 132001), { code: 'template_refused', permanent: true }],
    [odd(400, 100), { code: 'bad_request', permanent: true }],
    [odd(400, 4711), { code: 'refused', permanent: true }],
    [odd(400, 130429), { code: 'rate_limited', permanent: false, retryAfterMs: 1_000, scope: 'account' }],
    [odd(400, 80007), { code: 'rate_limited', permanent: false, retryAfterMs: 60_000, scope: 'account' }],
    [odd(400, 131057), { code: 'maintenance', permanent: false, retryAfterMs: 30_000, scope: 'account' }],
    [odd(500, 131000), { code: 'platform_error', permanent: false, unknown: false }],
    [odd(503, 4711), { code: 'platform_error', permanent: false, unknown: false }],
  ])('%j', async (fault, expected) => {
    await fake.customerWrites('ana', 'hola');
    fake.failNext(fault);
    const error = await refusal(reply({ text: 'mi secreto' }));
    expect(error).toMatchObject(expected);
    const said = JSON.stringify([error.message, error.hint, error.cause ?? null]);
    for (const hidden of [
      fake.person('ana').phone,
      fake.person('ana').userId,
      'mi secreto',
      fake.settings.token,
    ]) {
      expect(said).not.toContain(hidden);
    }
    expect(fake.log).toEqual([]);
  });

  test('Retry-After is taken to the second', async () => {
    await fake.customerWrites('ana', 'hola');
    fake.setFailures(1, 17);
    expect(await refusal(reply())).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 17_000,
      scope: 'account',
    });
  });

  test('too much for one customer: the wait grows by four until something arrives', async () => {
    await fake.customerWrites('ana', 'hola');
    const waits: (number | undefined)[] = [];
    for (let time = 0; time < 7; time += 1) {
      fake.failNext(faults.pair);
      const { retryAfterMs, scope } = await refusal(reply());
      expect(scope).toBe('user');
      waits.push(retryAfterMs);
    }
    expect(waits).toEqual([6_000, 16_000, 64_000, 256_000, 1_024_000, 4_096_000, 4_096_000]);
    await channel.send(reply());
    fake.failNext(faults.pair);
    expect((await refusal(reply())).retryAfterMs).toBe(6_000);
  });

  test('its own limits hold: 45 at once to one customer, then one every 6 seconds', async () => {
    await fake.customerWrites('ana', 'hola');
    for (let count = 0; count < 45; count += 1) await channel.send(reply({ name: `c.${count}.0` }));
    expect(await refusal(reply())).toMatchObject({ code: 'rate_limited', scope: 'user' });
    pass(6_000);
    await channel.send(reply());
    expect(fake.log).toHaveLength(46);
  });

  test('a silence leaves open whether it went out; a closed door does not', async () => {
    await fake.customerWrites('ana', 'hola');
    const part = reply();
    const dumb = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => dumb.listen(0, '127.0.0.1', resolve));
    const { port } = dumb.address() as AddressInfo;
    const at = async (root: string) => {
      const { channel: other } = channelAt(fake, { apiRoot: root });
      await other.start(inlet);
      return other.send(part).then(
        () => null,
        (error: unknown) => error,
      );
    };
    expect(await at(`http://127.0.0.1:${port}/v24.0`)).toMatchObject({
      code: 'no_answer',
      unknown: true,
      permanent: false,
    });
    await new Promise((resolve) => dumb.close(resolve));
    expect(await at(`http://127.0.0.1:${port}/v24.0`)).toMatchObject({
      code: 'unreachable',
      unknown: false,
      permanent: false,
    });
  });

  test('nothing personal is ever logged', async () => {
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((line) => lines.push(String(line)) > 0);
    await fake.customerWrites('ana', 'mi secreto');
    fake.failNext(faults.pair);
    channel.typing?.(ana());
    await refusal(reply()).catch(() => undefined);
    write.mockRestore();
    expect(JSON.stringify([lines, heard.messages(20), heard.messages(30), heard.messages(40)])).not.toMatch(
      /secreto|52155/u,
    );
  });
});

describe('the check', () => {
  const lines = async () =>
    (await channel.check?.())?.map(({ ok, line }) => `${ok ? 'ok' : 'NO'} ${line}`) ?? [];

  test('all is well', async () => {
    expect(await lines()).toEqual([
      'ok the access token is taken',
      'ok the phone number id is right',
      "ok the clock agrees with WhatsApp's",
      "ok the webhook's address is https://relevo.test/hooks/whatsapp-cloud",
      'ok the app secret and the verify token are only proven by the first webhook',
    ]);
    expect(fake.log).toEqual([]);
  });

  test('a wrong token, a wrong id, a clock that is off and no public address each have their own line', async () => {
    const wrong = async (
      settings: Partial<WhatsAppCloudSettings>,
      publicUrl: string | null = 'https://x',
    ) => {
      const checks = (await channelAt(fake, settings, { publicUrl }).channel.check?.()) ?? [];
      for (const check of checks) if (!check.ok) expect(check.hint).toBeDefined();
      return checks.filter(({ ok }) => !ok).map(({ line }) => line);
    };
    expect(await wrong({ token: 'no' })).toEqual(['the access token is refused']);
    expect(await wrong({ phoneId: '123456' })).toEqual(['the phone number id is unknown to this token']);
    expect(await wrong({}, null)).toEqual(['no public address: WhatsApp cannot bring messages here']);
    fake.setDateSkew(7 * 60_000);
    expect(await wrong({})).toEqual(["the clock is 7 minutes behind WhatsApp's"]);
    fake.setDateSkew(-6 * 60_000);
    expect(await wrong({ token: 'no' })).toEqual([
      'the access token is refused',
      "the clock is 6 minutes ahead of WhatsApp's",
    ]);
    await fake.stop();
    expect(await wrong({})).toEqual([
      expect.stringMatching(/^127\.0\.0\.1:\d+: WhatsApp's API (cannot be reached|gave no answer)/u),
    ]);
  });
});
