import { z } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import { channelKind } from '../channel-kind.ts';
import { preview } from './preview.ts';

/** Slack as customers know it: switched on by any of its variables. */
export const slack = channelKind(
  'slack',
  z
    .object({
      SLACK_BOT_TOKEN: z
        .string({ error: 'is missing: expected the Bot User OAuth Token, xoxb-…' })
        .regex(/^xoxb-\S+$/u, 'expected the Bot User OAuth Token, xoxb-…'),
      SLACK_SIGNING_SECRET: z.string().min(8, 'expected the signing secret of the app').optional(),
      SLACK_APP_TOKEN: z
        .string()
        .regex(/^xapp-\S+$/u, 'expected an app-level token, xapp-…')
        .optional(),
      SLACK_API_URL: z
        .url({ protocol: /^https?$/u, error: 'expected an address like https://slack.com/api/' })
        .default('https://slack.com/api/')
        .transform((url) => (url.endsWith('/') ? url : `${url}/`)),
    })
    .refine((given) => given.SLACK_SIGNING_SECRET !== undefined || given.SLACK_APP_TOKEN !== undefined, {
      message:
        'is missing: without SLACK_APP_TOKEN (Socket Mode) calls of Slack’s cannot be told from forged ones',
      path: ['SLACK_SIGNING_SECRET'],
    }),
  async (settings, deps) => {
    if (deps.slack === undefined) {
      throw new RelevoError('slack_missing', 'the Slack channel was given no Slack app to talk through');
    }
    const app = await deps.slack({
      botToken: settings.SLACK_BOT_TOKEN,
      signingSecret: settings.SLACK_SIGNING_SECRET,
      appToken: settings.SLACK_APP_TOKEN,
      apiUrl: settings.SLACK_API_URL,
    });
    const { createSlackChannel } = await import('./index.ts');
    return createSlackChannel(app, deps);
  },
  preview,
);
