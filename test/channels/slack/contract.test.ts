import { afterEach } from 'vitest';
import { channelContract } from '../../contract/channel.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { appOn, channelOn } from './talk.ts';

let fake: FakeSlack;
afterEach(() => fake.stop());

for (const mode of ['webhook', 'socket'] as const) {
  channelContract(`slack by ${mode}`, async () => {
    fake = await startFakeSlack();
    const channel = channelOn(appOn(fake, mode));
    if (channel.webhook !== undefined) fake.connect(channel.webhook);
    return {
      channel,
      customerWrites: (customer, id, text) => fake.customerWrites(customer, text, { ts: id }),
      addressOf: (customer) => {
        // A direct message with the bot, as one begins when a person opens it.
        const user = fake.directOf(customer);
        if (!fake.state.channels.has(user)) fake.state.channels.set(user, { direct: true, messages: [] });
        return { channel: 'slack', account: fake.state.team, user };
      },
      sent: () => fake.log,
    };
  });
}
