import { z } from 'zod';
import { channelKind } from '../channel-kind.ts';
import { channelName } from './address.ts';
import { preview } from './preview.ts';

/** The variables of the Telegram channel. */
export const telegramVariables = z.object({
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/u, 'must be a token as @BotFather gives it: 123456789:AA…'),
  /** Where the Bot API is: another one for tests, or a server of one's own. */
  TELEGRAM_API_ROOT: z.url({ protocol: /^https?$/u }).default('https://api.telegram.org'),
  /** With it and a public address Telegram calls us; else we poll. */
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/u, 'must be 16 to 256 letters, digits, _ or -')
    .optional(),
});

/** The Telegram channel, on when a bot's token is set. */
export const telegram = channelKind(
  channelName,
  telegramVariables,
  async (settings, deps) => {
    const { createTelegram } = await import('./index.ts');
    return createTelegram(
      {
        token: settings.TELEGRAM_BOT_TOKEN,
        apiRoot: settings.TELEGRAM_API_ROOT,
        webhookSecret: settings.TELEGRAM_WEBHOOK_SECRET ?? null,
      },
      deps,
    );
  },
  preview,
);
