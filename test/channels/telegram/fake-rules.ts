import { readHtml } from './fake-html.ts';

/** What Telegram answers to a call it does not take. */
export interface Refusal {
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

/** A call's fields, as JSON or a form brought them; files as their bytes. */
export type Fields = Readonly<Record<string, unknown>>;

const megabyte = 1_000_000;

/** The calls that show something to a customer, and the field of their file. */
export const sends: Readonly<Record<string, string | null>> = {
  sendMessage: null,
  sendPhoto: 'photo',
  sendDocument: 'document',
  sendVoice: 'voice',
  sendAudio: 'audio',
  sendVideo: 'video',
  sendSticker: 'sticker',
};

export function bad(description: string): Refusal {
  return { error_code: 400, description: `Bad Request: ${description}` };
}

/**
 * Checks what is said by a call, as the Bot API documents it.
 * @returns the words a customer reads, or why it is refused
 */
export function readWords(method: string, fields: Fields): string | Refusal {
  const field = method === 'sendMessage' ? 'text' : 'caption';
  const given = fields[field];
  const raw = typeof given === 'string' ? given : '';
  let words = raw;
  if (fields.parse_mode === 'HTML') {
    try {
      words = readHtml(raw);
    } catch (error) {
      return bad(error instanceof Error ? error.message : String(error));
    }
  }
  words = words.trim();
  if (field === 'text' && words === '') return bad('message text is empty');
  if (field === 'text' && words.length > 4_096) return bad('message is too long');
  if (field === 'caption' && words.length > 1_024) return bad('message caption is too long');
  return words;
}

/** Checks a file's size, and a keyboard's data. Null: all is well. */
export function checkRest(method: string, fields: Fields): Refusal | null {
  const fileField = sends[method];
  if (typeof fileField === 'string') {
    const file = fields[fileField];
    if (!(file instanceof File)) return bad(`there is no ${fileField} in the request`);
    if (file.size > (method === 'sendPhoto' ? 10 : 50) * megabyte) {
      return { error_code: 413, description: 'Request Entity Too Large' };
    }
  }
  for (const { text, callback_data: data } of keyboardOf(fields).flat()) {
    if (text === '') return bad('inline keyboard button text must be non-empty');
    if (Buffer.byteLength(data) < 1 || Buffer.byteLength(data) > 64) return bad('BUTTON_DATA_INVALID');
  }
  return null;
}

/** One button of a message. */
export interface FakeButton {
  readonly text: string;
  readonly callback_data: string;
}

/** The buttons under a message, row by row. */
export function keyboardOf({ reply_markup: markup }: Fields): FakeButton[][] {
  const read: unknown = typeof markup === 'string' ? JSON.parse(markup) : markup;
  if (typeof read !== 'object' || read === null || !('inline_keyboard' in read)) return [];
  return read.inline_keyboard as FakeButton[][];
}
