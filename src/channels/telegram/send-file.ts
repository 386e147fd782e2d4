import { Readable } from 'node:stream';
import type { Media } from '../../core/message.ts';
import type { ChannelDeps } from '../channel-kind.ts';
import type { CallBotApi } from './bot-api.ts';
import type { RenderedPart } from './render.ts';
import type { Answered } from './send.ts';
import { fileName, type Upload, uploadOf } from './upload.ts';

/** How long a file may take on its way up, in milliseconds: below the time for which a worker holds a conversation. */
const uploadTimeoutMs = 50_000;

/** A file and what goes with it. */
export interface FileToSend {
  readonly chat: number;
  readonly answered: Answered | null;
  readonly words: RenderedPart;
  readonly form: 'html' | 'plain';
  readonly attachment: Media;
  /** How it is sent; undefined: as what it is. */
  readonly upload: Upload | undefined;
}

/** Builds what sends a file of ours, streamed from where it is kept. @returns Telegram's number of the message */
export function createSendFile(deps: {
  call: CallBotApi;
  media: ChannelDeps['media'];
}): (file: FileToSend) => Promise<number> {
  return async ({ chat, answered, words, form, attachment, upload: chosen }) => {
    const { type, body } = await deps.media(attachment.id);
    const { method, field } = chosen ?? uploadOf(attachment.kind, type);
    const broken = new AbortController();
    // A file that cannot be read to its end would leave the call waiting for it.
    const source = Readable.from(body).on('error', () => broken.abort());
    const payload = {
      chat_id: chat,
      [field]: { source, filename: fileName(attachment.name, `file.${extensionOf(type)}`) },
      ...(words.plain === '' ? {} : { caption: words[form] }),
      ...(words.plain !== '' && form === 'html' ? { parse_mode: 'HTML' } : {}),
      // In a form only what the SDK knows as an object is written as JSON: this one it does not.
      ...(answered === null ? {} : { reply_parameters: JSON.stringify(answered) }),
      ...(words.keyboard === null ? {} : { reply_markup: { inline_keyboard: words.keyboard } }),
    };
    try {
      const sent = await deps.call(method, payload as never, {
        timeoutMs: uploadTimeoutMs,
        signal: broken.signal,
      });
      return sent.message_id;
    } finally {
      source.destroy();
    }
  };
}

/** The end of a name for a file without one: `image/jpeg` is a `jpeg`. */
function extensionOf(type: string): string {
  return /\/(?:x-)?([a-z0-9]+)/iu.exec(type)?.[1] ?? 'bin';
}
