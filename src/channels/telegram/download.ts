import { SendError } from '../../core/errors.ts';
import type { Media } from '../../core/message.ts';
import type { CallBotApi } from './bot-api.ts';
import { sendErrorOf } from './refusal.ts';

/** What a bot may download: https://core.telegram.org/bots/api#getfile */
const maxBytes = 20 * 1024 * 1024;

/** How long a download may take in all, in milliseconds. */
const downloadTimeoutMs = 120_000;

/**
 * Opens a customer's file. The address is made of our own API root and a checked path, and no redirect is followed:
 * the token in it goes nowhere else and into no error.
 * @throws SendError
 * @param apiRoot ends with a slash
 */
export async function download(
  media: Media,
  deps: { call: CallBotApi; apiRoot: string; token: string },
): Promise<AsyncIterable<Uint8Array>> {
  if (media.remote === undefined) throw unavailable('the file has no id', true);
  if ((media.bytes ?? 0) > maxBytes) throw tooLarge();
  const { file_path: path, file_size: bytes = 0 } = await deps
    .call('getFile', { file_id: media.remote })
    .catch((error: unknown) => {
      throw sendErrorOf(error);
    });
  if (bytes > maxBytes) throw tooLarge();
  if (path === undefined || !isPlainPath(path)) throw unavailable('its path is none of a file', true);
  const address = new URL(`file/bot${deps.token}/${path}`, deps.apiRoot);
  const response = await fetch(address, {
    redirect: 'error',
    signal: AbortSignal.timeout(downloadTimeoutMs),
  }).catch(() => {
    throw unavailable('no answer');
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw unavailable(`status ${response.status}`);
  }
  return response.body;
}

/** Names and slashes, nothing that climbs, is coded or begins anew. */
function isPlainPath(path: string): boolean {
  return /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/u.test(path) && path.length <= 512;
}

function unavailable(why: string, permanent = false): SendError {
  return new SendError('media_unavailable', `A file could not be fetched from Telegram: ${why}.`, {
    permanent,
  });
}

function tooLarge(): SendError {
  return new SendError('media_too_large', 'Telegram gives bots files of up to 20 MB only.', {
    hint: 'Ask the customer for a smaller file, or for a link to it.',
    permanent: true,
  });
}
