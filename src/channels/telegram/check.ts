import type { Check } from '../channel.ts';
import type { CallBotApi } from './bot-api.ts';
import { BotApiError, isWrongToken } from './refusal.ts';

/**
 * Tries the token, and whether messages reach us.
 * @param hook the address that Telegram should call; null when we poll
 */
export async function check(call: CallBotApi, hook: string | null): Promise<Check[]> {
  const checks: Check[] = [];
  try {
    const me = await call('getMe', {});
    checks.push({ ok: true, line: `Telegram knows the bot as @${me.username}` });
    checks.push(await checkReceiving(call, hook));
  } catch (error) {
    checks.push(failure(error));
  }
  return checks;
}

async function checkReceiving(call: CallBotApi, hook: string | null): Promise<Check> {
  const { url, pending_update_count: pending, last_error_message: fault } = await call('getWebhookInfo', {});
  const waiting = pending === 0 ? '' : `; ${pending} waiting`;
  if (hook === null) {
    if (!url) return { ok: true, line: `Messages are polled for${waiting}` };
    return {
      ok: true,
      line: `Messages go to a webhook now${waiting}`,
      hint: 'Starting Relevo takes that webhook away and polls. If another program uses this bot, give Relevo one of its own.',
    };
  }
  if (url !== hook) {
    return {
      ok: true,
      line: `Telegram does not call this address yet: ${hook}`,
      hint: 'Starting Relevo sets it. If another program uses this bot, give Relevo one of its own.',
    };
  }
  if (fault === undefined) return { ok: true, line: `Telegram calls ${hook}${waiting}` };
  return {
    ok: pending === 0,
    line: `Telegram calls ${hook}${waiting}; its last failure there: ${fault}`,
    hint: 'The address must be reachable from the internet over https, on port 443, 80, 88 or 8443, with a valid certificate.',
  };
}

function failure(error: unknown): Check {
  if (isWrongToken(error)) {
    return {
      ok: false,
      line: 'Telegram does not know the bot token',
      hint: 'Set TELEGRAM_BOT_TOKEN to what @BotFather shows under /mybots, API Token.',
    };
  }
  const line = error instanceof BotApiError ? error.message : 'Telegram could not be asked';
  return {
    ok: false,
    line,
    hint: 'Check that this computer reaches TELEGRAM_API_ROOT (https://api.telegram.org unless set).',
  };
}
