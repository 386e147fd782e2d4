import { createHmac } from 'node:crypto';
import { botToken, signingSecret, startFakeSlack } from '../channels/slack/fake-slack.ts';
import { startFakeTelegram } from '../channels/telegram/fake-telegram.ts';
import { startFakeWhatsApp } from '../channels/whatsapp-cloud/fake-whatsapp.ts';

/** A platform's calls, right ones and forged ones. */
export interface HookWorld {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The header that shows who calls. */
  readonly header: string;
  /** A customer's message. */
  readonly body: string;
  /** What the platform shows with a body: headers. @param change another secret, another time (epoch milliseconds) */
  prove(body: string | Buffer, change?: { secret?: string; atMs?: number }): Record<string, string>;
  /** Whether the proof is over the body, and over the time. */
  readonly coversBody: boolean;
  readonly coversTime: boolean;
  /** How often we called the platform. */
  calls(): number;
  stop(): Promise<void>;
}

const secret = 'a-secret-of-this-test_0123456789';
const hmac = (key: string, data: string | Buffer) => createHmac('sha256', key).update(data).digest('hex');

/** Telegram shows a secret word. */
export async function telegramHook(): Promise<HookWorld> {
  const fake = await startFakeTelegram();
  fake.meets('ana');
  const chat = { id: fake.chatOf('ana'), type: 'private', first_name: 'ana' };
  const message = { message_id: 7, from: { ...chat, is_bot: false }, chat, date: 1_790_000_000 };
  return {
    name: 'telegram',
    variables: {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: secret,
    },
    header: 'x-telegram-bot-api-secret-token',
    body: JSON.stringify({
      update_id: 1,
      message: { ...message, photo: [{ file_id: 'f', file_unique_id: 'u', width: 1, height: 1 }] },
    }),
    prove: (_body, { secret: other = secret } = {}) => ({ 'x-telegram-bot-api-secret-token': other }),
    coversBody: false,
    coversTime: false,
    calls: () => fake.calls.length,
    stop: () => fake.stop(),
  };
}

/** Meta signs the bytes. */
export async function whatsAppHook(): Promise<HookWorld> {
  const fake = await startFakeWhatsApp();
  const image = { id: '1234567', mime_type: 'image/jpeg', sha256: 'x' };
  const message = { from: '5215550001', id: 'wamid.A', timestamp: '1790000000', type: 'image', image };
  return {
    name: 'whatsapp-cloud',
    variables: {
      WHATSAPP_CLOUD_TOKEN: fake.settings.token,
      WHATSAPP_CLOUD_PHONE_ID: fake.settings.phoneId,
      WHATSAPP_CLOUD_APP_SECRET: fake.settings.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
      WHATSAPP_CLOUD_API_ROOT: fake.url,
    },
    header: 'x-hub-signature-256',
    body: fake.bodyOf({ messages: [message] }),
    prove: (body, { secret: key = fake.settings.appSecret } = {}) => ({
      'x-hub-signature-256': `sha256=${hmac(key, body)}`,
    }),
    coversBody: true,
    coversTime: false,
    calls: () => fake.calls.length,
    stop: () => fake.stop(),
  };
}

/** Slack signs the bytes and the time. */
export async function slackHook(): Promise<HookWorld> {
  const fake = await startFakeSlack();
  const file = {
    id: 'F1',
    name: 'a.png',
    mimetype: 'image/png',
    size: 3,
    url_private: 'http://169.254.169.254/',
  };
  const event = {
    type: 'message',
    channel: 'DANA',
    channel_type: 'im',
    user: 'U0ANA',
    ts: '1790000000.000100',
    text: '',
  };
  return {
    name: 'slack',
    variables: {
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: fake.url,
    },
    header: 'x-slack-signature',
    body: JSON.stringify(fake.eventOf({ ...event, subtype: 'file_share', files: [file] })),
    prove(body, { secret: key = signingSecret, atMs = Date.now() } = {}) {
      const timestamp = String(Math.floor(atMs / 1_000));
      const signed = Buffer.concat([Buffer.from(`v0:${timestamp}:`), Buffer.from(body)]);
      return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hmac(key, signed)}` };
    },
    coversBody: true,
    coversTime: true,
    calls: () => fake.calls.length,
    stop: () => fake.stop(),
  };
}
