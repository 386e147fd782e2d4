import { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { SendError } from '../core/errors.ts';
import { isObject, textOf } from './payload.ts';
import type { SlackSettings } from './slack-app.ts';
import { slackError } from './slack-error.ts';
import { clientOptions } from './web-api.ts';

/** One thing that was checked by a real call. */
export interface Check {
  readonly ok: boolean;
  /** What was found, in a line. */
  readonly line: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Slack refuses calls signed more than five minutes apart; we warn earlier. */
const allowedSkewMs = 120_000;

/** Asks Slack about each secret and looks at its clock. */
export async function checkSlack(
  { botToken, signingSecret, appToken, apiUrl }: SlackSettings,
  mode: 'webhook' | 'socket',
  nowMs: () => number,
  log: Logger,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  let date: string | null = null;
  const ask = async (method: string, token: string): Promise<unknown> => {
    const listening: webApi.WebClientOptions['fetch'] = async (url, init) => {
      const response = await fetch(url, init as RequestInit);
      date = response.headers.get('date') ?? date;
      return response;
    };
    return new webApi.WebClient(token, { ...clientOptions(apiUrl, log), fetch: listening }).apiCall(method);
  };

  try {
    const found = await ask('auth.test', botToken);
    const [bot = 'the bot', team = 'its workspace'] = [textOf(found, 'user'), textOf(found, 'team')];
    checks.push({ ok: true, line: `SLACK_BOT_TOKEN: ${bot} in ${team}` });
  } catch (error) {
    checks.push(
      failed('SLACK_BOT_TOKEN', 'auth.test', error, 'Copy the Bot User OAuth Token (xoxb-…) anew.'),
    );
  }

  if (appToken !== undefined) {
    try {
      const opened = await ask('apps.connections.open', appToken);
      if (!isObject(opened) || typeof opened.url !== 'string') throw new Error('no address');
      checks.push({ ok: true, line: 'SLACK_APP_TOKEN: Socket Mode can be opened' });
    } catch (error) {
      const hint = 'Make an app-level token (xapp-…) with connections:write and switch Socket Mode on.';
      checks.push(failed('SLACK_APP_TOKEN', 'apps.connections.open', error, hint));
    }
  }

  checks.push(
    signingSecret !== undefined
      ? {
          ok: /^[0-9a-f]{32}$/u.test(signingSecret),
          line: `SLACK_SIGNING_SECRET: ${/^[0-9a-f]{32}$/u.test(signingSecret) ? 'set' : 'does not look like one (32 hexadecimal digits)'}`,
          ...(/^[0-9a-f]{32}$/u.test(signingSecret)
            ? {}
            : { hint: 'It is on the app’s page under Basic Information, App Credentials.' }),
        }
      : { ok: mode === 'socket', line: 'SLACK_SIGNING_SECRET: not set; Socket Mode needs none' },
  );

  const skewMs = date === null ? 0 : nowMs() - Date.parse(date);
  if (Math.abs(skewMs) > allowedSkewMs) {
    const direction = skewMs > 0 ? 'ahead of' : 'behind';
    checks.push({
      ok: false,
      line: `clock: ${Math.round(Math.abs(skewMs) / 1_000)} s ${direction} Slack’s`,
      hint: 'Set this computer’s clock (NTP): Slack’s calls are refused when it is five minutes off.',
    });
  } else if (date !== null) {
    checks.push({ ok: true, line: 'clock: agrees with Slack’s' });
  }
  return checks;
}

function failed(name: string, method: string, error: unknown, hint: string): Check {
  const fault = slackError(method, error);
  const unreachable = fault instanceof SendError && !fault.permanent;
  return {
    ok: false,
    line: `${name}: ${fault.message}`,
    hint: unreachable ? 'Is Slack reachable from here? SLACK_API_URL is its address.' : hint,
  };
}
