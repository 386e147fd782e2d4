import { addressOf } from '../../../src/channels/whatsapp-web/inbound.ts';
import { channelContract } from '../../contract/channel.ts';
import { buildWhatsAppWeb, until } from './build.ts';
import { account, chatOf, createFakeWhatsApp } from './fake-browser.ts';

channelContract('whatsapp-web', async () => {
  const fake = createFakeWhatsApp();
  const channel = buildWhatsAppWeb({ begin: fake.begin });
  const start = channel.start.bind(channel);
  return {
    channel: Object.assign(channel, {
      async start(inlet: Parameters<typeof start>[0]) {
        await start(inlet);
        await until(() => fake.caughtUp.length > 0);
      },
    }),
    customerWrites: fake.customerWrites,
    addressOf: (customer) => addressOf(account, chatOf(customer)),
    sent: () => fake.sent,
  };
});
