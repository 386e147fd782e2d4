import { afterAll } from 'vitest';
import { channelContract } from '../../contract/channel.ts';
import { channelAt } from './channel.ts';
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts';

const fakes: FakeWhatsApp[] = [];
afterAll(() => Promise.all(fakes.map((fake) => fake.stop())));

channelContract('whatsapp-cloud', async () => {
  const fake = await startFakeWhatsApp();
  fakes.push(fake);
  const { channel } = channelAt(fake);
  return {
    channel,
    // The platform's ids are unique over all customers.
    customerWrites: (customer, id, text) =>
      fake.customerWrites(customer, text, customer === 'ana' ? id : `${customer}.${id}`),
    addressOf: (customer) => ({
      channel: 'whatsapp-cloud',
      account: fake.settings.phoneId,
      user: fake.person(customer).userId,
    }),
    sent: () => fake.log,
  };
});
