import { randomUUID } from 'node:crypto';
import { createWhatsAppWeb } from '../../../src/channels/whatsapp-web/index.ts';
import { MailWorld } from '../../channels/email/mail-world.ts';
import { botToken, signingSecret, startFakeSlack } from '../../channels/slack/fake-slack.ts';
import { startFakeTelegram } from '../../channels/telegram/fake-telegram.ts';
import { startFakeWhatsApp } from '../../channels/whatsapp-cloud/fake-whatsapp.ts';
import { createFakeWhatsApp } from '../../channels/whatsapp-web/fake-browser.ts';
import type { ChannelWorld, Got } from './customer.ts';

const customer = 'ana';

/** The web chat, by the interface that its page uses. */
export async function webchatWorld(): Promise<ChannelWorld> {
  let relevo = '';
  const headers = { 'X-Relevo-Visitor': randomUUID() + randomUUID() };
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, type: string) => {
    const answer = await fetch(`${relevo}${path}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': type },
      body,
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { file?: { id: string } };
  };
  const message = (body: object) =>
    post('/api/chat/messages', JSON.stringify({ id: randomUUID(), ...body }), 'application/json');
  const history = async () => {
    const answer = await fetch(`${relevo}/api/chat/messages`, { headers });
    if (!answer.ok) throw new Error(`the chat: ${answer.status} ${await answer.text()}`);
    const { messages } = (await answer.json()) as {
      messages: {
        from: string;
        text: string;
        file?: { id: string };
        options?: { id: string; label: string }[];
      }[];
    };
    return messages;
  };
  return {
    name: 'webchat',
    variables: {},
    connect(url) {
      relevo = url;
    },
    writes: (text) => message({ text }),
    async sendsPhoto(bytes) {
      const { file } = await post('/api/chat/files?name=foto.png', new Uint8Array(bytes), 'image/png');
      return message({ file: file?.id });
    },
    async chooses(label) {
      const offered = (await history()).flatMap(({ options = [] }) => options);
      return message({ option: offered.findLast((one) => one.label === label)?.id });
    },
    async got() {
      const messages = (await history()).filter(({ from }) => from !== 'customer');
      return Promise.all(
        messages.map(async ({ text, file }): Promise<Got> => {
          if (file === undefined) return { text, file: null };
          const answer = await fetch(`${relevo}/api/chat/files/${file.id}`, { headers });
          return { text, file: Buffer.from(await answer.arrayBuffer()) };
        }),
      );
    },
    stop: async () => undefined,
  };
}

/** Telegram by its webhook. */
export async function telegramWorld(): Promise<ChannelWorld> {
  const fake = await startFakeTelegram();
  fake.meets(customer);
  return {
    name: 'telegram',
    variables: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-this-test_0123456789',
    },
    connect: () => undefined,
    writes: (text) => fake.customerWrites(customer, text),
    sendsPhoto: (bytes) => fake.customerSendsPhoto(customer, bytes),
    chooses: (label) => fake.customerTaps(customer, label),
    got: async () =>
      fake.log.map(({ text, file }) => ({ text, file: file === null ? null : Buffer.alloc(file.bytes) })),
    stop: () => fake.stop(),
  };
}

/** WhatsApp by the Cloud API. */
export async function whatsAppWorld(): Promise<ChannelWorld> {
  const fake = await startFakeWhatsApp();
  return {
    name: 'whatsapp-cloud',
    variables: {
      WHATSAPP_CLOUD_TOKEN: fake.settings.token,
      WHATSAPP_CLOUD_PHONE_ID: fake.settings.phoneId,
      WHATSAPP_CLOUD_APP_SECRET: fake.settings.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
      WHATSAPP_CLOUD_API_ROOT: fake.url,
    },
    connect: (relevo) => fake.connect(`${relevo}/hooks/whatsapp-cloud`),
    writes: (text) => fake.customerWrites(customer, text),
    sendsPhoto: (bytes) => fake.customerSendsPhoto(customer, bytes),
    chooses: (label) => fake.customerTaps(customer, label),
    got: async () =>
      fake.log.map(({ message }): Got => {
        switch (message.type) {
          case 'text':
            return { text: message.text.body, file: null };
          case 'interactive':
            return { text: message.interactive.body.text, file: null };
          case 'image':
            return { text: message.image.caption ?? '', file: Buffer.alloc(1) };
          default:
            return { text: message.type, file: null };
        }
      }),
    stop: () => fake.stop(),
  };
}

/** WhatsApp by its web page, before a browser's process of the test's own. */
export async function whatsAppWebWorld(): Promise<ChannelWorld> {
  const fake = createFakeWhatsApp();
  const settings = { chromium: process.execPath, begin: fake.begin };
  const id = () => randomUUID().replaceAll('-', '').slice(0, 20);
  return {
    name: 'whatsapp-web',
    variables: {},
    setup: { name: 'whatsapp-web', create: async (deps) => createWhatsAppWeb(settings, deps) },
    connect: () => undefined,
    writes: (text) => fake.customerWrites(customer, id(), text),
    sendsPhoto: (bytes) =>
      fake.customerSendsFile(customer, id(), { type: 'image/png', kind: 'image', bytes }),
    // There are no buttons: options are numbered lines.
    chooses: (_label, number) => fake.customerWrites(customer, id(), String(number)),
    got: async () => fake.sent.map(({ text, file }): Got => ({ text, file: file?.bytes ?? null })),
    stop: async () => undefined,
  };
}

/** A direct message in Slack, by HTTP events. */
export async function slackWorld(): Promise<ChannelWorld> {
  const fake = await startFakeSlack();
  return {
    name: 'slack',
    variables: {
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: fake.url,
    },
    connect(relevo) {
      fake.connect(async (request) =>
        fetch(`${relevo}/hooks/slack`, {
          method: 'POST',
          headers: request.headers,
          body: await request.arrayBuffer(),
        }),
      );
    },
    writes: (text) => fake.customerWrites('U0ANA', text),
    sendsPhoto: (bytes) => fake.customerSendsPhoto('U0ANA', bytes),
    chooses: (label) => fake.customerTaps('U0ANA', label),
    got: async () =>
      fake.log.map(({ message }) => ({
        text: `${message.text} ${JSON.stringify(message.blocks ?? [])}`,
        file: (message.files ?? []).length === 0 ? null : Buffer.alloc(1),
      })),
    stop: () => fake.stop(),
  };
}

/** Email through a real mail system. */
export async function emailWorld(): Promise<ChannelWorld> {
  const mail = await MailWorld.start();
  const address = 'ana@customer.test';
  const newest = async () => (await mail.inboxOf(address)).at(-1);
  const writes = async (text: string, bytes?: Buffer) => {
    const last = await newest();
    const files = bytes === undefined ? [] : [{ name: 'foto.png', type: 'image/png', bytes }];
    if (last === undefined) return mail.customerWrites(address, 'Consulta', text, files);
    return mail.customerReplies(address, last, text, {
      attachments: files.map(({ name, type, bytes: content }) => ({
        filename: name,
        contentType: type,
        content,
      })),
    });
  };
  return {
    name: 'email',
    variables: mail.variables,
    connect: () => undefined,
    writes: (text) => writes(text),
    sendsPhoto: (bytes) => writes('Mire la foto', bytes),
    chooses: (_label, number) => writes(String(number)),
    got: async () =>
      (await mail.inboxOf(address)).flatMap((one): Got[] => [
        { text: one.text ?? '', file: null },
        ...one.attachments.map(({ content }) => ({ text: '', file: content })),
      ]),
    stop: () => mail.stop(),
  };
}
