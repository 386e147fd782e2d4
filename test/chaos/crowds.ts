import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { botToken, signingSecret, startFakeSlack } from '../channels/slack/fake-slack.ts';
import { startFakeTelegram } from '../channels/telegram/fake-telegram.ts';
import { startFakeWhatsApp } from '../channels/whatsapp-cloud/fake-whatsapp.ts';

/** A message of ours that a platform took, by its own log. */
export interface Taken {
  readonly customer: string;
  /** The platform's name of it. */
  readonly id: string;
  readonly text: string;
  /** Epoch milliseconds; null where the platform notes none. */
  readonly at: number | null;
}

/** The customers of one channel, and the platform behind them with a log of its own. */
export interface Crowd {
  readonly channel: string;
  /** Whether the platform can be asked, or tells by itself, what became of a send. */
  readonly askable: boolean;
  readonly variables: Readonly<Record<string, string>>;
  /** Relevo answers here. */
  connect(relevo: string): void;
  /** Resolves once the platform has its acknowledgement; it is brought again until then. */
  writes(customer: string, text: string): Promise<void>;
  /** All that reached the customers, in the platform's order. */
  taken(): Promise<readonly Taken[]>;
  stop(): Promise<void>;
}

const againMs = 200;

/** Brings something until it is acknowledged. @param bring false or an error: it was not */
async function insist(bring: () => Promise<boolean>, givenUp: () => boolean): Promise<void> {
  while (!givenUp()) {
    if (await bring().catch(() => false)) return;
    await pause(againMs);
  }
}

/** All four channels of the run. */
export async function openCrowds(): Promise<readonly Crowd[]> {
  return await Promise.all([webchat(), telegram(), whatsApp(), slack()]);
}

/** Visitors of the web chat: their page reads the log itself, so what it shows is what stands there. */
async function webchat(): Promise<Crowd> {
  const secrets = new Map<string, string>();
  let relevo = '';
  let over = false;
  const secretOf = (customer: string): string => {
    const secret = secrets.get(customer) ?? randomUUID() + randomUUID();
    secrets.set(customer, secret);
    return secret;
  };
  return {
    channel: 'webchat',
    askable: true,
    variables: {},
    connect(url) {
      relevo = url;
    },
    writes(customer, text) {
      const id = randomUUID();
      const send = async () => {
        const response = await fetch(`${relevo}/api/chat/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-relevo-visitor': secretOf(customer) },
          body: JSON.stringify({ id, text }),
          signal: AbortSignal.timeout(10_000),
        });
        await response.arrayBuffer();
        return response.ok;
      };
      return insist(send, () => over);
    },
    async taken() {
      const all: Taken[] = [];
      for (const [customer, secret] of secrets) {
        const response = await fetch(`${relevo}/api/chat/messages`, {
          headers: { 'x-relevo-visitor': secret },
        });
        if (!response.ok) throw new Error(`the chat's history: ${response.status} ${await response.text()}`);
        const { messages } = (await response.json()) as {
          messages: { from: string; id: string; text: string }[];
        };
        for (const { from, id, text } of messages)
          if (from !== 'customer') all.push({ customer, id, text, at: null });
      }
      return all;
    },
    async stop() {
      over = true;
    },
  };
}

async function telegram(): Promise<Crowd> {
  const fake = await startFakeTelegram();
  const names = new Map<number, string>();
  return {
    channel: 'telegram',
    askable: false,
    variables: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-this-run_0123456789',
    },
    connect: () => undefined,
    writes(customer, text) {
      names.set(fake.chatOf(customer), customer);
      return fake.customerWrites(customer, text);
    },
    taken: async () =>
      fake.log.map(({ chat, messageId, text, at }) => ({
        customer: names.get(chat) ?? `chat ${chat}`,
        id: String(messageId),
        text,
        at,
      })),
    stop: () => fake.stop(),
  };
}

async function whatsApp(): Promise<Crowd> {
  const fake = await startFakeWhatsApp();
  let over = false;
  let number = 0;
  // Meta brings again what was not acknowledged, reports too.
  const bringing = setInterval(() => void fake.deliverAgain(), 1_000);
  return {
    channel: 'whatsapp-cloud',
    askable: true,
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

async function slack(): Promise<Crowd> {
  const fake = await startFakeSlack();
  let over = false;
  return {
    channel: 'slack',
    askable: true,
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
