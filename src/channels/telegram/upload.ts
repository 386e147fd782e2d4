import type { MediaKind } from '../../core/message.ts';

/** How a file goes out: the call and the field that takes the file. */
export type Upload =
  | { readonly method: 'sendPhoto'; readonly field: 'photo' }
  | { readonly method: 'sendVideo'; readonly field: 'video' }
  | { readonly method: 'sendAudio'; readonly field: 'audio' }
  | { readonly method: 'sendVoice'; readonly field: 'voice' }
  | { readonly method: 'sendSticker'; readonly field: 'sticker' }
  | { readonly method: 'sendDocument'; readonly field: 'document' };

/** As a plain file: what goes for every type. */
export const asDocument: Upload = { method: 'sendDocument', field: 'document' };

const music = ['audio/mpeg', 'audio/mp3', 'audio/mp4', 'audio/x-m4a', 'audio/m4a', 'audio/aac'];

/**
 * The call that shows a file as what it is; a type that Telegram does not play there goes as a document.
 * Types: https://core.telegram.org/bots/api#available-methods
 * @param type the content type as the bytes say
 */
export function uploadOf(kind: MediaKind, type: string): Upload {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (kind === 'document') return asDocument;
  if (kind === 'sticker' && bare === 'image/webp') return { method: 'sendSticker', field: 'sticker' };
  if (['image/jpeg', 'image/png', 'image/webp'].includes(bare)) {
    return { method: 'sendPhoto', field: 'photo' };
  }
  if (bare === 'video/mp4') return { method: 'sendVideo', field: 'video' };
  if (kind === 'voice' && (bare === 'audio/ogg' || bare === 'audio/opus' || music.includes(bare))) {
    return { method: 'sendVoice', field: 'voice' };
  }
  return music.includes(bare) ? { method: 'sendAudio', field: 'audio' } : asDocument;
}

/** A name that stands safely in a multipart header and tells nobody where the file was. */
export function fileName(name: string | undefined, fallback: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that must go
  const safe = (name ?? '').replace(/[\u0000-\u001f\u007f"\\/\u2028\u2029]/gu, '_').trim();
  return safe === '' ? fallback : safe.slice(-120);
}
