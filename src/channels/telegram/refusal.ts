import { z } from 'zod';
import { RelevoError, SendError } from '../../core/errors.ts';

/** A call that Telegram refused or did not answer. Safe to log: neither the token nor what was sent is in it. */
export class BotApiError extends Error {
  /** As the platform numbers it, like HTTP; null when it did not answer. */
  readonly status: number | null;
  /** The platform's words for what was wrong. */
  readonly description: string;
  readonly retryAfterMs: number | undefined;
  /** The group's new id after it became a supergroup. */
  readonly movedTo: number | undefined;

  constructor(
    method: string,
    status: number | null,
    description: string,
    more: { retryAfterMs?: number | undefined; movedTo?: number | undefined } = {},
  ) {
    super(`${method}: ${status ?? 'no answer'}: ${description}`);
    this.name = 'BotApiError';
    this.status = status;
    this.description = description;
    this.retryAfterMs = more.retryAfterMs;
    this.movedTo = more.movedTo;
  }
}

/** Whether the bot's token is wrong or was taken back: nothing works until it is replaced. */
export function isWrongToken(error: unknown): boolean {
  // A token of another form is no path that Telegram knows: 404.
  return error instanceof BotApiError && (error.status === 401 || error.status === 404);
}

/** Whether it goes on until people change something. */
export function isLasting(error: unknown): boolean {
  return (
    isWrongToken(error) || (error instanceof BotApiError && (error.status === 409 || error.status === 400))
  );
}

/** Whether Telegram could not read our HTML: the words go without it. */
export function isUnreadableHtml(error: unknown): boolean {
  return (
    error instanceof BotApiError && error.status === 400 && /can't parse entities/iu.test(error.description)
  );
}

/** Whether Telegram could not show a file as a picture: it goes as a document. */
export function isUnfitPicture(error: unknown): boolean {
  return (
    error instanceof BotApiError &&
    error.status === 400 &&
    /PHOTO_INVALID|IMAGE_PROCESS_FAILED|PHOTO_SAVE_FILE_INVALID|STICKER/iu.test(error.description)
  );
}

/** Faults before a connection stood: nothing went out. */
const neverLeft: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const word = z.string().optional().catch(undefined);

/** What is read of whatever an SDK throws: the answer's parts, or the system's word for what failed. */
const thrown = z.looseObject({
  response: z
    .looseObject({
      error_code: z.int().optional(),
      description: z.string().optional(),
      parameters: z
        .looseObject({ retry_after: z.number().optional(), migrate_to_chat_id: z.int().optional() })
        .optional(),
    })
    .optional(),
  name: word,
  code: word,
  type: word,
});

/** A failed call as an error of ours. Nothing of the thrown error itself is kept: it names the token. */
export function faultOf(method: string, error: unknown): BotApiError {
  const { response, name, code, type } = thrown.safeParse(error).data ?? {};
  if (response === undefined) {
    return new BotApiError(
      method,
      null,
      name === 'AbortError' ? 'timeout' : (code ?? type ?? name ?? 'unknown'),
    );
  }
  const { error_code: status = null, description = '', parameters } = response;
  const wait = parameters?.retry_after;
  return new BotApiError(method, status, description.replaceAll(/\d+:[\w-]{20,}/gu, '…').slice(0, 300), {
    retryAfterMs: wait === undefined ? undefined : wait * 1_000,
    movedTo: parameters?.migrate_to_chat_id,
  });
}

/** Refusals that no retry changes, by words of the platform's own description. */
const forGood: readonly (readonly [RegExp, string])[] = [
  [/bot was blocked/iu, 'blocked'],
  [/bot was kicked|not a member|not enough rights|have no rights/iu, 'left_group'],
  [/user is deactivated/iu, 'recipient_gone'],
  [/can't initiate/iu, 'never_wrote'],
  [/chat not found|PEER_ID_INVALID/iu, 'no_such_recipient'],
  [/message is too long|caption is too long/iu, 'too_long'],
  [/file is too big|Request Entity Too Large/iu, 'media_too_large'],
];

const hints: Readonly<Record<string, string>> = {
  auth_failed: 'Check TELEGRAM_BOT_TOKEN against what @BotFather shows.',
  blocked: 'The customer blocked the bot: reach them on another channel.',
};

/** What a failed call of `send` means to whoever sends. */
export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof RelevoError && error.code === 'no_such_media') {
    return new SendError(error.code, error.message, { permanent: true });
  }
  if (!(error instanceof BotApiError)) {
    return new SendError('send_failed', 'The message could not be prepared.', { cause: error });
  }
  const { status, description, retryAfterMs, message } = error;
  if (status === null) return new SendError('unreachable', message, { unknown: !neverLeft.has(description) });
  if (status >= 500) return new SendError('platform_unavailable', message, { unknown: true });
  if (status === 429) return new SendError('rate_limited', message, { retryAfterMs: retryAfterMs ?? 1_000 });
  if (status === 409) return new SendError('conflict', message);
  const known = forGood.find(([words]) => words.test(description))?.[1];
  const code = known ?? (isWrongToken(error) ? 'auth_failed' : status === 403 ? 'forbidden' : 'rejected');
  const hint = hints[code];
  return new SendError(code, message, { permanent: true, ...(hint === undefined ? {} : { hint }) });
}
