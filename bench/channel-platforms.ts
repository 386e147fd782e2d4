import { MailWorld, noMailWorld } from '../test/channels/email/mail-world.ts';
import { botToken, signingSecret, startFakeSlack } from '../test/channels/slack/fake-slack.ts';
import { startFakeTelegram } from '../test/channels/telegram/fake-telegram.ts';
import { startFakeWhatsApp } from '../test/channels/whatsapp-cloud/fake-whatsapp.ts';

/** A platform in this process, and customers who each write once. */
export interface BenchPlatform {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** How long the channel waits for more of a customer before the bot answers, in milliseconds. */
  readonly pauseMs: number;
  /** How many customers write. */
  readonly customers: number;
  connect(relevo: string): void;
  asks(customer: string, question: string): Promise<unknown>;
  /** When the first call with an answer to each customer came, in epoch milliseconds. */
  answeredAt(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

const secret = 'a-secret-of-this-bench_0123456789';
const customers = 100;

/** The first of each. */
function firstOf(entries: Iterable<readonly [string, number]>): Map<string, number> {
  const first = new Map<string, number>();
  for (const [customer, at] of entries) if (!first.has(customer)) first.set(customer, at);
  return first;
}

/** Telegram, called by its webhook. */
export async function telegramPlatform(): Promise<BenchPlatform> {
  let relevo = '';
  const fake = await startFakeTelegram({
    limits: false,
    deliver: (request) =>
      fetch(new Request(new URL(new URL(request.url).pathname, relevo), request as RequestInit)),
  });
  const names = new Map<number, string>();
  return {
    name: 'telegram',
    variables: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: secret,
    },
    pauseMs: 1_500,
    customers,
    connect(url) {
      relevo = url;
    },
    asks(customer, question) {
      names.set(fake.chatOf(customer), customer);
      return fake.customerWrites(customer, question);
    },
    answeredAt: async () => firstOf(fake.log.map(({ chat, at }) => [names.get(chat) ?? '', at])),
    stop: () => fake.stop(),
  };
}

/** WhatsApp by the Cloud API. */
export async function whatsAppPlatform(): Promise<BenchPlatform> {
  const fake = await startFakeWhatsApp({ perSecond: 1_000_000 });
  return {
    name: 'whatsapp-cloud',
    variables: {
      WHATSAPP_CLOUD_TOKEN: fake.settings.token,
      WHATSAPP_CLOUD_PHONE_ID: fake.settings.phoneId,
      WHATSAPP_CLOUD_APP_SECRET: fake.settings.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
      WHATSAPP_CLOUD_API_ROOT: fake.url,
    },
    pauseMs: 1_500,
    customers,
    connect: (relevo) => fake.connect(`${relevo}/hooks/whatsapp-cloud`),
    asks: (customer, question) => fake.customerWrites(customer, question),
    answeredAt: async () => firstOf(fake.log.map(({ to, at }) => [to ?? '', at])),
    stop: () => fake.stop(),
  };
}

/** Direct messages in Slack, by HTTP events. */
export async function slackPlatform(): Promise<BenchPlatform> {
  const fake = await startFakeSlack();
  const names = new Map<string, string>();
  return {
    name: 'slack',
    variables: {
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: fake.url,
    },
    pauseMs: 2_000,
    customers,
    connect: (relevo) => fake.connect(`${relevo}/hooks/slack`),
    asks(customer, question) {
      names.set(fake.directOf(customer), customer);
      return fake.customerWrites(customer, question);
    },
    answeredAt: async () =>
      firstOf(fake.log.map(({ channel, message }) => [names.get(channel) ?? '', Number(message.ts) * 1_000])),
    stop: () => fake.stop(),
  };
}

/** Email through a real mail system. @returns why not, where there is none */
export async function emailPlatform(): Promise<BenchPlatform | string> {
  const missing = await noMailWorld();
  if (missing !== null) return missing;
  const names = Array.from({ length: 10 }, (_, n) => `customer${n}`);
  const world = await MailWorld.start({ customers: names });
  const answered = new Map<string, number>();
  return {
    name: 'email',
    variables: world.variables,
    pauseMs: 500,
    customers: names.length,
    connect: () => undefined,
    asks: (customer, question) => world.customerWrites(`${customer}@customer.test`, 'Una pregunta', question),
    async answeredAt() {
      for (const name of names) {
        if (answered.has(name)) continue;
        if ((await world.inboxOf(`${name}@customer.test`)).length > 0) answered.set(name, Date.now());
      }
      return answered;
    },
    stop: () => world.stop(),
  };
}
