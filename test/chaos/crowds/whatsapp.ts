import { startFakeWhatsApp } from '../../channels/whatsapp-cloud/fake-whatsapp.ts';
import { type Crowd, counting, insist } from './crowd.ts';

/** Customers on WhatsApp: Meta tells by itself what became of a send. */
export async function openWhatsApp(): Promise<Crowd> {
  // One report a message: three of them would make the reports most of what there is to do.
  const fake = await startFakeWhatsApp({ statuses: ['delivered'] });
  let over = false;
  let number = 0;
  let odd = 0;
  // Meta brings again what was not acknowledged, reports too.
  const bringing = setInterval(() => void fake.deliverAgain(), 1_000);
  return {
    channel: 'whatsapp-cloud',
    askable: true,
    names: true,
    variables: {
      WHATSAPP_CLOUD_TOKEN: fake.settings.token,
      WHATSAPP_CLOUD_PHONE_ID: fake.settings.phoneId,
      WHATSAPP_CLOUD_APP_SECRET: fake.settings.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
      WHATSAPP_CLOUD_API_ROOT: fake.url,
    },
    connect: (relevo) => fake.connect(`${relevo}/hooks/whatsapp-cloud`),
    writes(customer, text) {
      number += 1;
      const id = `wamid.IN${number}`;
      return insist(
        () => fake.customerWrites(customer, text, id).then(() => true),
        () => over,
      );
    },
    garbles(customer) {
      const { phone } = fake.person(customer);
      odd += 1;
      const body = fake.bodyOf({ messages: [{ from: phone, timestamp: `ayer ${odd}` }] });
      return insist(
        () => fake.deliver(body).then((status) => status === 200),
        () => over,
      );
    },
    heard: counting(fake.log, ({ to }) => to ?? 'nobody'),
    taken: async () =>
      fake.log.map(({ id, to, at, message }) => ({
        customer: to ?? 'nobody',
        id,
        text:
          message.type === 'text'
            ? message.text.body
            : message.type === 'interactive'
              ? message.interactive.body.text
              : message.type,
        at,
      })),
    async stop() {
      over = true;
      clearInterval(bringing);
      await fake.stop();
    },
  };
}
