import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { buildTelegram } from './build.ts';

type Peer = typeof import('telegram-test-api')['default'];

const load = createRequire(import.meta.url);
/** The class itself, whatever its types say; null when it is not installed. */
const TelegramServer = ((): Peer | null => {
  try {
    return load('telegram-test-api');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
})();

const token = '4242:AAtoken_for_the_peer';

describe.skipIf(TelegramServer === null)(
  'telegram-test-api, written by others (left out: not installed)',
  () => {
    if (TelegramServer === null) return;
    let server: InstanceType<Peer>;
    let channel: Channel;
    const received: InboundMessage[] = [];

    beforeAll(async () => {
      server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
      await server.start();
      channel = await buildTelegram({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: server.config.apiURL });
      await channel.start(
        inletTo(async (message) => {
          received.push(message);
          return { conversation: 'c', duplicate: false };
        }),
      );
    });
    afterAll(async () => {
      await channel.stop();
      await server.stop();
    });

    const client = (id: number) => server.getClient(token, { userId: id, chatId: id, timeout: 5_000 });
    const to = (id: number) => ({ channel: 'telegram', account: '4242', user: `${id}` });

    test('says who the bot is', async () => {
      const [first] = (await channel.check?.()) ?? [];
      expect(first).toEqual({ ok: true, line: 'Telegram knows the bot as @TestNameBot' });
    });

    test('what its customer writes arrives, by polling, once', async () => {
      const ana = client(11);
      await ana.sendMessage(ana.makeMessage('No me funciona el internet'));
      await ana.sendCommand(ana.makeCommand('/start factura'));
      await expect.poll(() => received.length).toBe(2);
      expect(received).toMatchObject([
        { address: to(11), gesture: { content: { kind: 'text', text: 'No me funciona el internet' } } },
        { address: to(11), gesture: { content: { kind: 'text', text: 'factura' } } },
      ]);
    });

    test('what we say reaches its customer, with buttons that it presses', async () => {
      const ben = client(12);
      const options = [
        { id: 'helped', label: 'Sí' },
        { id: 'not-helped', label: 'No' },
      ];
      const text = '**¿Te sirvió?** a < b';
      const { externalId } = await channel.send(outboundTo(to(12), { text, options }));
      const [update] = (await ben.getUpdates()).result;
      expect(update).toMatchObject({
        messageId: Number(externalId),
        message: {
          chat_id: 12,
          text: '<b>¿Te sirvió?</b> a &lt; b',
          parse_mode: 'HTML',
          reply_markup: {
            inline_keyboard: [
              [
                { text: 'Sí', callback_data: 'helped' },
                { text: 'No', callback_data: 'not-helped' },
              ],
            ],
          },
        },
      });
      received.length = 0;
      await ben.sendCallback(ben.makeCallbackQuery('helped'));
      await expect.poll(() => received.length).toBe(1);
      expect(received[0]?.gesture).toEqual({
        kind: 'message',
        content: { kind: 'choice', option: 'helped' },
      });
    });

    test('what it does not know, it refuses, and we say so', async () => {
      const attachment = { id: 'a'.repeat(32), kind: 'image' } as const;
      const body = async function* () {
        yield new Uint8Array([1]);
      };
      const settings = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: server.config.apiURL };
      const media = async () => ({ type: 'image/png', bytes: 1, body: body() });
      const sending = (await buildTelegram(settings, { media })).send(outboundTo(to(12), { attachment }));
      await expect(sending).rejects.toMatchObject({ code: 'platform_unavailable', permanent: false });
    });
  },
);

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
