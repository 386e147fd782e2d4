import { botToken, signingSecret, startFakeSlack } from '../../channels/slack/fake-slack.ts';
import { type Crowd, counting, insist } from './crowd.ts';

/** Customers who write to the app in Slack: its history can be asked what became of a send. */
export async function openSlack(): Promise<Crowd> {
  const fake = await startFakeSlack();
  let over = false;
  return {
    channel: 'slack',
    askable: true,
    names: true,
    variables: { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: fake.url },
    connect(relevo) {
      fake.connect(async (request) => {
        const body = await request.arrayBuffer();
        let answer = new Response(null, { status: 200 });
        await insist(
          async () => {
            answer = await fetch(`${relevo}/hooks/slack`, { method: 'POST', headers: request.headers, body });
            return answer.ok;
          },
          () => over,
        );
        return answer;
      });
    },
    writes: async (customer, text) => void (await fake.customerWrites(slackName(customer), text)),
    heard: counting(fake.log, ({ channel }) => customerOf(channel)),
    taken: async () =>
      fake.log.map(({ channel, message }) => ({
        customer: customerOf(channel),
        id: message.ts,
        text: message.text,
        at: Number(message.ts) * 1_000,
      })),
    async stop() {
      over = true;
      await fake.stop();
    },
  };
}

/** Slack's names of people are capital letters and digits: `slack-3` is U0SLACK3. */
const slackName = (customer: string) => `U0${customer.replace('-', '').toUpperCase()}`;
const customerOf = (channel: string) => channel.replace(/^DU0SLACK/u, 'slack-');
