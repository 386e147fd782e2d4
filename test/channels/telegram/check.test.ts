import { afterEach, beforeEach, expect, test } from 'vitest';
import { telegram } from '../../../src/channels/telegram/settings.ts';
import { inletTo } from '../inlet.ts';
import { buildTelegram, webhookSecret } from './build.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts';

let fake: FakeTelegram;
beforeEach(async () => {
  fake = await startFakeTelegram();
});
afterEach(() => fake.stop());

const env = () => ({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url });
const hooked = () =>
  buildTelegram(
    { ...env(), TELEGRAM_WEBHOOK_SECRET: webhookSecret },
    { publicUrl: 'https://support.example.com' },
  );

test('all is well when it polls', async () => {
  expect(await (await buildTelegram(env())).check?.()).toEqual([
    { ok: true, line: 'Telegram knows the bot as @relevo_bot' },
    { ok: true, line: 'Messages are polled for' },
  ]);
});

test('a webhook is checked where Telegram would call it', async () => {
  const channel = await hooked();
  expect((await channel.check?.())?.[1]).toMatchObject({
    ok: true,
    line: expect.stringContaining('does not call'),
  });
  await channel.start(inletTo(async () => ({ conversation: 'c', duplicate: false })));
  const line = 'Telegram calls https://support.example.com/hooks/telegram';
  expect((await channel.check?.())?.[1]).toEqual({ ok: true, line });
  expect((await (await buildTelegram(env())).check?.())?.[1]?.hint).toContain('takes that webhook away');
  await channel.stop();
});

test('a wrong token has its line and what to do', async () => {
  const wrong = await buildTelegram({ ...env(), TELEGRAM_BOT_TOKEN: '4242:wrong' });
  expect(await wrong.check?.()).toEqual([
    { ok: false, line: 'Telegram does not know the bot token', hint: expect.stringContaining('@BotFather') },
  ]);
});

test('so has a computer that cannot reach Telegram', async () => {
  const away = await buildTelegram({ ...env(), TELEGRAM_API_ROOT: 'http://127.0.0.1:1' });
  expect(await away.check?.()).toEqual([
    {
      ok: false,
      line: 'getMe: no answer: ECONNREFUSED',
      hint: expect.stringContaining('TELEGRAM_API_ROOT'),
    },
  ]);
});

test.each([
  [{}, null],
  [{ TELEGRAM_WEBHOOK_SECRET: webhookSecret }, 'TELEGRAM_BOT_TOKEN'],
  [{ TELEGRAM_BOT_TOKEN: 'no token' }, 'TELEGRAM_BOT_TOKEN'],
  [{ TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_WEBHOOK_SECRET: 'short' }, 'TELEGRAM_WEBHOOK_SECRET'],
  [{ TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_API_ROOT: 'ftp://x' }, 'TELEGRAM_API_ROOT'],
])('settings %j', (variables, fault) => {
  const read = telegram.read(variables);
  if (fault === null) expect(read).toBeNull();
  else expect(read).toMatchObject({ faults: [expect.stringContaining(fault)] });
});

test('without a secret, or with an address the real Telegram does not call, it polls', async () => {
  const publicUrl = 'https://support.example.com';
  expect((await buildTelegram(env(), { publicUrl })).webhook).toBeUndefined();
  const real = { TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_WEBHOOK_SECRET: webhookSecret };
  expect((await buildTelegram(real, { publicUrl: 'http://support.example.com' })).webhook).toBeUndefined();
  expect((await buildTelegram(real, { publicUrl })).webhook).toBeDefined();
});
