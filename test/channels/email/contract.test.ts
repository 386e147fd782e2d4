import { afterAll, beforeAll, describe, test } from 'vitest';
import { createEmail } from '../../../src/channels/email/index.ts';
import { channelContract } from '../../contract/channel.ts';
import { emailDeps } from './email-deps.ts';
import { MailWorld, noMailWorld } from './mail-world.ts';

const missing = await noMailWorld();

describe.skipIf(missing !== null)(
  `email against Dovecot and Postfix${missing === null ? '' : ` (${missing})`}`,
  () => {
    let world: MailWorld;
    beforeAll(async () => {
      world = await MailWorld.start();
    }, 60_000);
    afterAll(() => world.stop());

    channelContract('email', async () => {
      const channel = createEmail(world.settings(), emailDeps());
      const before = new Set(world.sentCopies());
      return {
        channel,
        async customerWrites(customer, id, text) {
          const uid = await world.append(world.support, rawMail(`${customer}@customer.test`, id, text));
          // Stored is what is marked as seen.
          const client = await world.client(world.support);
          for (const until = Date.now() + 4_000; Date.now() < until; ) {
            const mail = await client.fetchOne(String(uid), { flags: true }, { uid: true });
            if (mail && 'flags' in mail && mail.flags?.has('\\Seen') === true) return;
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
          throw new Error('it was not marked as seen');
        },
        addressOf: (customer) => ({
          channel: 'email',
          account: world.support,
          user: `${customer}@customer.test`,
        }),
        sent: () => world.sentCopies().filter((name) => !before.has(name)),
      };
    });

    test('stands', () => undefined);
  },
);

function rawMail(from: string, id: string, text: string): string {
  return [
    `From: ${from}`,
    'To: support@desk.test',
    `Message-ID: <${id}>`,
    'Date: Mon, 02 Nov 2026 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
  ].join('\r\n');
}
