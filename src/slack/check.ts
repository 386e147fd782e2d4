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

/** What the app may do, as docs/channels/slack.md sets it up; without one of these a part stays silent. */
const neededScopes = [
  'app_mentions:read',
  'channels:history',
  'chat:write',
  'files:read',
  'files:write',
  'im:history',
  'im:read',
  'reactions:read',
  'users:read',
];

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
    const missing = missingScopes(found);
    if (missing.length > 0) {
      checks.push({
        ok: false,
        line: `SLACK_BOT_TOKEN: the app lacks the scopes ${missing.join(', ')}`,
        hint: 'Add them under OAuth & Permissions and install the app anew.',
      });
    }
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

  checks.push(secretCheck(signingSecret, mode));

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

/** A signing secret cannot be tried out: only a call of Slack's proves it. */
function secretCheck(secret: string | undefined, mode: 'webhook' | 'socket'): Check {
  if (secret === undefined) {
    return { ok: mode === 'socket', line: 'SLACK_SIGNING_SECRET: not set; Socket Mode needs none' };
  }
  if (/^[0-9a-f]{32}$/u.test(secret)) return { ok: true, line: 'SLACK_SIGNING_SECRET: set' };
  return {
    ok: false,
    line: 'SLACK_SIGNING_SECRET: does not look like one (32 hexadecimal digits)',
    hint: 'It is on the app’s page under Basic Information, App Credentials.',
  };
}

/** Slack names the token's scopes in a header; an emulator may not. */
function missingScopes(found: unknown): string[] {
  const scopes: unknown =
    isObject(found) && isObject(found.response_metadata) ? found.response_metadata.scopes : [];
  if (!Array.isArray(scopes) || scopes.length === 0) return [];
  return neededScopes.filter((scope) => !scopes.includes(scope));
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
