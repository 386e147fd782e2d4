import { afterEach } from 'vitest';
import { channelContract } from '../../contract/channel.ts';
import { buildTelegram, webhookSecret } from './build.ts';
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts';

const fakes: FakeTelegram[] = [];
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.stop()));
});

channelContract('telegram, called by webhook', async () => {
  let deliver = async (_request: Request): Promise<Response> => new Response(null, { status: 503 });
  const fake = await startFakeTelegram({ retries: false, deliver: (request) => deliver(request) });
  fakes.push(fake);
  const channel = await buildTelegram(
    {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: webhookSecret,
    },
    { publicUrl: 'https://support.example.com' },
  );
  deliver = async (request) => channel.webhook?.(request) ?? new Response(null, { status: 404 });
  return under(fake, channel);
});

channelContract('telegram, polling', async () => {
  const fake = await startFakeTelegram({ retries: false });
  fakes.push(fake);
  return under(fake, await buildTelegram({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.url }));
});

function under(fake: FakeTelegram, channel: Awaited<ReturnType<typeof buildTelegram>>) {
  fake.meets('ana');
  return {
    channel,
    async customerWrites(customer: string, id: string, text: string) {
      const written = fake.customerWrites(customer, text, Number(id));
      // Once it is stopped nobody comes for it.
      const given = new Promise((_resolve, reject) =>
        setTimeout(() => reject(new Error('nobody came for it')), 2_500).unref(),
      );
      await Promise.race([written, given]);
    },
    addressOf: fake.addressOf,
    sent: () => fake.log,
  };
}
