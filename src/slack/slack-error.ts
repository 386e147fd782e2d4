import { webApi } from '@slack/bolt';
import { SendError } from '../core/errors.ts';

/** Our tokens are wrong or lack a right: a person has to mend it. */
const authFaults = new Set([
  'account_inactive',
  'app_uninstalled',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'team_access_not_granted',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

/** Whom we write to cannot be written to. */
const unreachable = new Set([
  'account_not_found',
  'cannot_dm_bot',
  'cannot_reply_to_message',
  'channel_not_found',
  'is_archived',
  'messages_tab_disabled',
  'not_in_channel',
  'restricted_action',
  'restricted_action_thread_only_channel',
  'thread_not_found',
  'user_disabled',
  'user_not_found',
]);

/** What we sent is not to Slack's taste: the same again would not be either. */
const refused = new Set([
  'file_not_found',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
]);

/** Slack says of these that a part may have been done. */
const halfDone = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'unknown_error',
]);

/** An error of Slack's client as ours: a stable code, Slack's own word for it, no payload. Pure. */
export function slackError(method: string, error: unknown): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return rateLimited(method, error.retryAfter * 1_000);
  }
  if (error instanceof webApi.WebAPIPlatformError) return platformError(method, String(error.data.error));
  if (error instanceof webApi.WebAPIHTTPError) {
    return new SendError('slack_failed', `Slack answered ${method} with HTTP ${error.statusCode}`, {
      unknown: error.statusCode >= 500,
    });
  }
  return new SendError('slack_unreachable', `Slack did not answer ${method}`, {
    cause: plain(error),
    unknown: !neverArrived(error),
  });
}

function platformError(method: string, given: string): SendError {
  const word = /^[a-z_0-9]{1,60}$/u.test(given) ? given : 'unknown_error';
  const message = `Slack refused ${method}: ${word}`;
  if (word === 'ratelimited' || word === 'rate_limited') return rateLimited(method, 1_000);
  if (authFaults.has(word)) {
    return new SendError('auth_failed', message, {
      permanent: true,
      hint: 'Check SLACK_BOT_TOKEN and its rights (docs/channels/slack.md).',
    });
  }
  if (unreachable.has(word)) return new SendError('recipient_unreachable', message, { permanent: true });
  if (refused.has(word)) return new SendError('refused', message, { permanent: true });
  return new SendError('slack_failed', message, { unknown: halfDone.has(word) });
}

function rateLimited(method: string, retryAfterMs: number): SendError {
  return new SendError('rate_limited', `Slack wants ${method} later`, { retryAfterMs });
}

/** Whether the call surely never reached Slack. */
function neverArrived(error: unknown): boolean {
  const original = error instanceof webApi.WebAPIRequestError ? error.original : error;
  const cause = original instanceof Error ? original.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}

/** Without Slack's request and answer, which hold tokens and words. */
function plain(error: unknown): Error {
  const original = error instanceof webApi.WebAPIRequestError ? error.original : error;
  return new Error(original instanceof Error ? original.name : 'no answer');
}
