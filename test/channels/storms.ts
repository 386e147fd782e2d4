import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/core/clock.ts';
import { botToken, signingSecret, startFakeSlack } from './slack/fake-slack.ts';
import { startFakeTelegram } from './telegram/fake-telegram.ts';
import { startFakeWhatsApp } from './whatsapp-cloud/fake-whatsapp.ts';

/** One delivery of an event, byte for byte the same each time but for its signature. @returns the answer's status */
export type Delivery = () => Promise<number>;

/** A platform whose customers' events can be brought as often as one likes. */
export interface StormWorld {
  readonly variables: Readonly<Record<string, string>>;
  /** Relevo answers at this address now. */
  connect(relevo: string): void;
  /** Customers write, send photos and places: not delivered yet. */
  messages(customers: readonly string[]): Promise<Delivery[]>;
  /** They change what they wrote and react to it: not delivered yet. */
  gestures(customers: readonly string[]): Promise<Delivery[]>;
  /** All that we sent, brought to us as if it were new. */
  echoes(): readonly Delivery[];
  /** How many messages of ours the platform accepted. */
  sent(): number;
  stop(): Promise<void>;
}

const secret = 'a-secret-of-this-test_0123456789';
const photo = Buffer.from('not quite a picture');

/** Telegram by its webhook. */
export async function telegramStorm(): Promise<StormWorld> {
  const recorded: string[] = [];
  let hook = '';
  const fake = await startFakeTelegram({
    limits: false,
    async deliver(request) {
      recorded.push(await request.text());
      return new Response();
    },
  });
  const delivery =
    (body: string): Delivery =>
    async () => {
      const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
      return (await fetch(hook, { method: 'POST', headers, body })).status;
    };
  const record = async (act: () => Promise<unknown>): Promise<Delivery[]> => {
    recorded.length = 0;
    await act();
    return recorded.map(delivery);
  };
  return {
    variables: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: secret,
    },
    connect(relevo) {
      hook = `${relevo}/hooks/telegram`;
    },
    messages: (customers) =>
      record(async () => {
        for (const customer of customers) {
          await fake.customerWrites(customer, 'hola', 1);
          await fake.customerSendsPhoto(customer, photo, 'mire');
        }
      }),
    gestures: (customers) =>
      record(async () => {
        for (const customer of customers) {
          await fake.edits(customer, 1, 'buenas');
          await fake.reacts(customer, 1, '👍');
        }
      }),
    echoes: () =>
      fake.log.map(({ chat, messageId, text }, index) =>
        delivery(
          JSON.stringify({
            update_id: 900_000 + index,
            message: {
              message_id: messageId,
              from: { id: Number(fake.token.split(':')[0]), is_bot: true, first_name: 'Relevo' },
              chat: { id: chat, type: 'private' },
              date: 1_790_000_000,
              text,
            },
          }),
        ),
      ),
    sent: () => fake.log.length,
    stop: () => fake.stop(),
  };
}

/** WhatsApp by the Cloud API. */
export async function whatsAppStorm(clock: Clock): Promise<StormWorld> {
  const recorded: string[] = [];
  let hook = '';
  let recording = false;
  const ids = new Map<string, string>();
  const fake = await startFakeWhatsApp({ now: () => clock.now(), perSecond: 1_000_000 });
  const record = async (act: () => Promise<unknown>): Promise<Delivery[]> => {
    recorded.length = 0;
    recording = true;
    await act();
    recording = false;
    return recorded.map((body) => () => fake.deliver(body));
  };
  return {
    variables: {
      WHATSAPP_CLOUD_TOKEN: fake.settings.token,
      WHATSAPP_CLOUD_PHONE_ID: fake.settings.phoneId,
      WHATSAPP_CLOUD_APP_SECRET: fake.settings.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
      WHATSAPP_CLOUD_API_ROOT: fake.url,
    },
    connect(relevo) {
      hook = `${relevo}/hooks/whatsapp-cloud`;
      fake.connect(async (request) => {
        if (!recording) return fetch(new Request(hook, request));
        recorded.push(await request.text());
        return new Response();
      });
    },
    messages: (customers) =>
      record(async () => {
        for (const customer of customers) {
          ids.set(customer, await fake.customerWrites(customer, 'hola'));
          await fake.customerSendsPhoto(customer, photo, 'mire');
        }
      }),
    gestures: (customers) =>
      record(async () => {
        for (const customer of customers) {
          const of = ids.get(customer) ?? '';
          await fake.customerEdits(customer, of, 'buenas');
          await fake.customerReacts(customer, of, '👍');
        }
      }),
    // As Meta tells what was written with the business's own phone.
    echoes: () =>
      fake.log.map(({ id, message }) => {
        const metadata = { display_phone_number: '15550783881', phone_number_id: fake.settings.phoneId };
        const echo = {
          from: metadata.display_phone_number,
          to: message.to,
          id,
          timestamp: '1790000000',
          type: 'text',
          text: { body: 'eco' },
        };
        const value = { messaging_product: 'whatsapp', metadata, message_echoes: [echo] };
        const changes = [{ field: 'smb_message_echoes', value }];
        const body = { object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes }] };
        return () => fake.deliver(JSON.stringify(body));
      }),
    sent: () => fake.log.length,
    stop: () => fake.stop(),
  };
}

/** Direct messages in Slack, by HTTP events. */
export async function slackStorm(clock: Clock): Promise<StormWorld> {
  let recorded: Delivery[] = [];
  let recording = false;
  let hook = '';
  const written = new Map<string, string>();
  const fake = await startFakeSlack({ now: () => clock.now() });
  const again =
    (payload: object): Delivery =>
    async () =>
      fake.deliver(payload).then(
        () => 200,
        (error: unknown) => Number(/HTTP (\d+)/u.exec(String(error))?.[1] ?? 0),
      );
  const record = async (act: () => Promise<unknown>): Promise<Delivery[]> => {
    recorded = [];
    recording = true;
    await act();
    recording = false;
    return recorded;
  };
  return {
    variables: {
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: fake.url,
    },
    connect(relevo) {
      hook = `${relevo}/hooks/slack`;
      fake.connect(async (request) => {
        const body = await request.text();
        if (!recording) return fetch(hook, { method: 'POST', headers: request.headers, body });
        recorded.push(again(JSON.parse(body)));
        return new Response();
      });
    },
    messages: (customers) =>
      record(async () => {
        for (const customer of customers) {
          const { ts } = await fake.customerWrites(customer, 'hola');
          written.set(customer, ts);
          await fake.customerSendsPhoto(customer, photo);
        }
      }),
    gestures: (customers) =>
      record(async () => {
        for (const customer of customers) {
          const ts = written.get(customer) ?? '';
          await fake.edits(customer, ts, 'buenas');
          await fake.reacts(customer, ts, '+1');
        }
      }),
    echoes: () =>
      fake.log.map(({ channel, message }) =>
        again(fake.eventOf({ ...message, channel, channel_type: 'im', event_ts: message.ts })),
      ),
    sent: () => fake.log.length,
    stop: () => fake.stop(),
  };
}

/** The web chat: no platform, but a page that sends again what it heard no answer to. */
export async function webchatStorm(): Promise<StormWorld> {
  let relevo = '';
  return {
    variables: {},
    connect(url) {
      relevo = url;
    },
    messages: async (customers) =>
      customers.flatMap((customer) =>
        ['hola', 'no funciona'].map((text): Delivery => {
          const body = JSON.stringify({ id: randomUUID(), text });
          const headers = {
            'Content-Type': 'application/json',
            'X-Relevo-Visitor': customer.padEnd(40, '-'),
          };
          return async () =>
            (await fetch(`${relevo}/api/chat/messages`, { method: 'POST', headers, body })).status;
        }),
      ),
    gestures: async () => [],
    echoes: () => [],
    sent: () => 0,
    stop: async () => undefined,
  };
}
