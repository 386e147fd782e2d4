import { z } from 'zod';
import { SendError } from '../../core/errors.ts';

const answer = z.object({
  error: z.object({
    code: z.number().nullish(),
    error_subcode: z.number().nullish(),
  }),
});

type Kind = Pick<SendError, 'code'> & {
  readonly says: string;
  readonly hint?: string;
} & (
    | { readonly permanent: true }
    | { readonly permanent: false; readonly retryAfterMs?: number; readonly scope?: 'user' | 'account' }
  );

const badToken: Kind = {
  code: 'bad_token',
  says: 'the access token is refused',
  hint: 'Make a new token of a system user and set WHATSAPP_CLOUD_TOKEN; `relevo doctor` tells when it is right.',
  permanent: true,
};
const noPermission: Kind = {
  code: 'no_permission',
  says: 'the access token may not do this',
  hint: 'The system user needs whatsapp_business_messaging for this account.',
  permanent: true,
};
const badRequest: Kind = {
  code: 'bad_request',
  says: 'the message is refused as malformed',
  permanent: true,
};
const blocked: Kind = {
  code: 'account_blocked',
  says: 'the business account may not send now',
  hint: 'WhatsApp Manager says why: payment, policy, registration or display name.',
  permanent: true,
};
const badTemplate: Kind = {
  code: 'template_refused',
  says: 'the template is refused',
  hint: 'It must be approved, in the language set, with exactly one parameter in its body.',
  permanent: true,
};

/** What Meta's codes mean: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const kinds: Readonly<Record<number, Kind>> = {
  0: badToken,
  190: badToken,
  3: noPermission,
  10: noPermission,
  200: noPermission,
  4: {
    code: 'rate_limited',
    says: "the app's calls are limited",
    permanent: false,
    retryAfterMs: 60_000,
    scope: 'account',
  },
  80007: {
    code: 'rate_limited',
    says: "the business account's calls are limited",
    permanent: false,
    retryAfterMs: 60_000,
    scope: 'account',
  },
  130429: {
    code: 'rate_limited',
    says: 'the number sends too fast',
    permanent: false,
    retryAfterMs: 1_000,
    scope: 'account',
  },
  131056: {
    code: 'rate_limited',
    says: 'too much to this customer in a short time',
    permanent: false,
    retryAfterMs: 6_000,
    scope: 'user',
  },
  131048: {
    code: 'spam_limited',
    says: 'the number is held back because customers blocked or reported it',
    permanent: false,
    retryAfterMs: 600_000,
    scope: 'account',
  },
  131057: {
    code: 'maintenance',
    says: 'the account is being upgraded, which takes up to a minute',
    permanent: false,
    retryAfterMs: 30_000,
    scope: 'account',
  },
  1: { code: 'platform_error', says: 'the platform failed', permanent: false },
  2: { code: 'platform_error', says: 'the platform is down for a while', permanent: false },
  131000: { code: 'platform_error', says: 'the platform failed', permanent: false },
  131016: { code: 'platform_error', says: 'the platform is overloaded', permanent: false },
  131047: {
    code: 'outside_window',
    says: 'the customer wrote more than 24 hours ago: only a template may be sent',
    hint: 'Set WHATSAPP_CLOUD_TEMPLATE to an approved template, or wait until the customer writes.',
    permanent: true,
  },
  131026: {
    code: 'undeliverable',
    says: 'it cannot be delivered: no WhatsApp there, an old version, or we are blocked',
    permanent: true,
  },
  131021: { code: 'undeliverable', says: 'it would go to our own number', permanent: true },
  130472: {
    code: 'undeliverable',
    says: 'the platform holds it back for an experiment of its own',
    permanent: true,
  },
  131049: {
    code: 'undeliverable',
    says: 'the platform holds it back: the customer had enough',
    permanent: true,
  },
  131050: { code: 'undeliverable', says: 'the customer wants no such messages', permanent: true },
  131030: {
    code: 'not_allowed',
    says: 'the number is a test number and may not write to this customer',
    hint: 'Add the customer under API Setup, or use a number of your own.',
    permanent: true,
  },
  131051: {
    code: 'unsupported_message',
    says: 'the platform does not take this type of message',
    permanent: true,
  },
  131052: { code: 'media_refused', says: 'the file could not be read', permanent: true },
  131053: { code: 'media_refused', says: 'the file is refused', permanent: true },
  33: badRequest,
  100: badRequest,
  131008: badRequest,
  131009: badRequest,
  131062: { code: 'bad_request', says: 'this message needs a phone number', permanent: true },
  368: blocked,
  131031: blocked,
  131037: blocked,
  131042: blocked,
  131045: blocked,
  133010: blocked,
};

/** What an answer of the Graph API says was wrong. */
export interface Refusal {
  readonly status: number;
  /** Meta's own code; null when the answer is not Meta's. */
  readonly code: number | null;
  readonly subcode: number | null;
}

/** Reads a refusal. Pure. @param body of an answer that is no 2xx */
export function refusalOf(status: number, body: unknown): Refusal {
  const error = answer.safeParse(body).data?.error;
  return { status, code: error?.code ?? null, subcode: error?.error_subcode ?? null };
}

/**
 * A refusal as an error. Its words are ours: Meta's own may name the customer. Pure.
 * @param retryAfterMs as the answer's `Retry-After` said; undefined when it did not
 */
export function sendErrorOf({ status, code }: Refusal, retryAfterMs: number | undefined): SendError {
  const kind = code === null ? null : kindOf(code);
  const where = `WhatsApp answered ${status}${code === null ? '' : `, code ${code}`}`;
  if (kind !== null) {
    const message = `${kind.says} (${where})`;
    const hint = kind.hint === undefined ? {} : { hint: kind.hint };
    if (kind.permanent) return new SendError(kind.code, message, { ...hint, permanent: true });
    const wait = retryAfterMs ?? kind.retryAfterMs;
    return new SendError(kind.code, message, {
      ...hint,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
      scope: kind.scope ?? 'user',
    });
  }
  if (status === 429) {
    return new SendError('rate_limited', where, { retryAfterMs: retryAfterMs ?? 1_000, scope: 'account' });
  }
  if (status === 401) return new SendError(badToken.code, `${badToken.says} (${where})`, { permanent: true });
  // A gateway's answer says nothing of what became of the call behind it.
  if (status >= 500) return new SendError('platform_error', where, { unknown: code === null });
  return new SendError('refused', where, { permanent: true });
}

function kindOf(code: number): Kind | null {
  if (Object.hasOwn(kinds, code)) return kinds[code] ?? null;
  if (code > 200 && code < 300) return noPermission;
  if (code >= 132_000 && code < 133_000) return badTemplate;
  return null;
}
