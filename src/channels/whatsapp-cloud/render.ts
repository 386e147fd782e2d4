import type { MediaKind, Option, OutboundMessage } from '../../core/message.ts';
import type { Capabilities } from '../channel.ts';
import { layoutOf, numberedLines } from '../option-layout.ts';
import { splitText } from '../split-text.ts';
import { escapeMarkdown, renderedLength, toWhatsApp } from '../whatsapp-markup.ts';
import type { Route } from './identity.ts';
import { words } from './words.ts';

/** Characters of a text; of the text above buttons or a list, and of a caption. */
const maxText = 4_096;
const maxBody = 1_024;
/** Characters of a list row's title; what is longer goes on in its description, of 72. */
const maxRowTitle = 24;
const maxRowDescription = 72;
/** Characters of a template's one parameter: the template's own words and it share 1,024. */
const maxParameter = 800;

const mebibyte = 1_048_576;

/** What the Cloud API takes: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages */
export const can: Capabilities = {
  maxTextLength: maxText,
  maxButtons: 3,
  maxButtonLength: 20,
  maxListRows: 10,
  // A label of 72 always fits into a row: its beginning as title, the rest as description.
  maxListRowLength: maxRowDescription,
  maxMediaBytes: {
    image: 5 * mebibyte,
    audio: 16 * mebibyte,
    voice: 16 * mebibyte,
    video: 16 * mebibyte,
    document: 100 * mebibyte,
    sticker: 100 * 1_024,
  },
  typing: true,
  repeatable: false,
  reports: true,
  readsLog: false,
  phones: true,
  handheld: true,
  pauseMs: 1_500,
  replyWindowMs: 24 * 3_600_000,
  oneProcess: false,
};

/** The template that may be sent when free text may not. */
export interface Template {
  readonly name: string;
  /** As the platform writes it: `es`, `pt_BR`. */
  readonly language: string;
}

/** A file that the platform has: its id there, and as what it is shown. */
export interface Uploaded {
  readonly id: string;
  readonly as: 'image' | 'audio' | 'video' | 'document' | 'sticker';
}

/** The message's own part of a request: its type, and under that name what it holds. */
export type Payload = { readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * The calls it takes to say this: a file first, with the words under it where they fit; long words in several texts; the
 * options under the last of them. Pure.
 */
export function partsOf(message: OutboundMessage): readonly OutboundMessage[] {
  const whole = withLinesInText(message);
  const { text, options, attachment } = whole;
  const contents: Pick<OutboundMessage, 'text' | 'options' | 'attachment'>[] = [];
  if (attachment !== null) {
    const captioned = options.length === 0 && hasCaption(attachment.kind) && renderedLength(text) <= maxBody;
    contents.push({ text: captioned ? text : '', options: [], attachment });
    if (captioned) return named(whole, contents);
  }
  const pieces = text.trim() === '' ? [] : splitText(text, maxText, renderedLength);
  const last = pieces.pop() ?? null;
  for (const piece of pieces) contents.push({ text: piece, options: [], attachment: null });
  if (options.length > 0) {
    const body = splitText(last ?? words[message.language].choose, maxBody, renderedLength).at(-1) ?? '';
    const before = (last ?? '').slice(0, Math.max(0, (last ?? '').lastIndexOf(body))).trimEnd();
    if (before !== '') contents.push({ text: before, options: [], attachment: null });
    contents.push({ text: body, options, attachment: null });
  } else if (last !== null) {
    contents.push({ text: last, options: [], attachment: null });
  }
  return named(whole, contents);
}

/** Every part is called like the message, from the second on with its number. */
function named(
  message: OutboundMessage,
  contents: readonly Pick<OutboundMessage, 'text' | 'options' | 'attachment'>[],
): OutboundMessage[] {
  if (contents.length === 0) return [message];
  return contents.map((content, index) => ({
    ...message,
    ...content,
    name: index === 0 ? message.name : `${message.name}#${index + 1}`,
  }));
}

/** What has no form of its own here becomes lines of the text: sources, and options that are answered by number. */
function withLinesInText(message: OutboundMessage): OutboundMessage {
  const { text, options, sources, language } = message;
  const numbered = layoutOf(options, can) === 'numbers';
  const titles = [...new Set(sources.map(({ title }) => title))].map(escapeMarkdown).join(', ');
  const lines = [
    text,
    titles === '' ? '' : `*${words[language].source}: ${titles}*`,
    numbered ? numberedLines(options.map(({ id, label }) => ({ id, label: escapeMarkdown(label) }))) : '',
  ];
  return {
    ...message,
    text: lines.filter((line) => line !== '').join('\n\n'),
    options: numbered ? [] : options,
    sources: [],
  };
}

function hasCaption(kind: MediaKind): boolean {
  return kind === 'image' || kind === 'video' || kind === 'document';
}

/**
 * One part in the platform's words. Pure.
 * @param file where the part has one, once the platform has it
 */
export function payloadOf(part: OutboundMessage, file: Uploaded | null): Payload {
  const { text, options, attachment, language } = withLinesInText(part);
  if (file !== null) {
    const caption = text.trim() !== '' && hasCaption(file.as) ? { caption: toWhatsApp(text) } : {};
    const filename = file.as === 'document' ? { filename: attachment?.name ?? 'file' } : {};
    const voice = file.as === 'audio' && attachment?.kind === 'voice' ? { voice: true } : {};
    return { type: file.as, [file.as]: { id: file.id, ...caption, ...filename, ...voice } };
  }
  const body = toWhatsApp(text.trim() === '' ? words[language].choose : text);
  switch (layoutOf(options, can)) {
    case 'buttons':
      return interactive('button', body, {
        buttons: titlesOf(options).map((title, index) => ({
          type: 'reply',
          reply: { id: options[index]?.id, title },
        })),
      });
    case 'list':
      return interactive('list', body, {
        button: words[language].openList,
        sections: [{ rows: options.map(({ id, label }) => ({ id, ...rowOf(label) })) }],
      });
    default:
      return { type: 'text', text: { body } };
  }
}

/** One part's words as a phone shows them, its buttons, or the rows of its list. Pure. */
export function shownBy(part: OutboundMessage): {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly rows: readonly string[];
} {
  const { text, options, language } = withLinesInText(part);
  const layout = layoutOf(options, can);
  return {
    text: toWhatsApp(text.trim() === '' ? words[language].choose : text),
    buttons: layout === 'buttons' ? titlesOf(options) : [],
    rows: layout === 'list' ? options.map(({ label }) => label) : [],
  };
}

/** The same words as the one parameter of a template, shortened to what it may hold. Pure. */
export function templateOf(part: OutboundMessage, { name, language }: Template): Payload {
  const numbers = part.options.length === 0 ? '' : `\n\n${numberedLines(part.options)}`;
  const { text } = withLinesInText({ ...part, text: part.text + numbers, options: [] });
  // The platform refuses line breaks, tabs and runs of blanks in a parameter.
  const line = toWhatsApp(text).replace(/\s+/gu, ' ').trim();
  return {
    type: 'template',
    template: {
      name,
      language: { code: language },
      components: [{ type: 'body', parameters: [{ type: 'text', text: shortened(line, maxParameter) }] }],
    },
  };
}

/** A request to send: to the phone where it is known, else to the user id. Pure. */
export function requestOf(payload: Payload, { phone, userId }: Route, name: string): object {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(phone === null ? {} : { to: phone }),
    ...(userId === null ? {} : { recipient: userId }),
    ...payload,
    biz_opaque_callback_data: name,
  };
}

/** As what a file can be shown, by its content type; what the platform does not show goes as a document. Pure. */
export function shownAs(kind: MediaKind, type: string, bytes: number): Uploaded['as'] {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const fits = (limit: MediaKind) => bytes <= (can.maxMediaBytes[limit] ?? 0);
  if (kind === 'sticker' && plain === 'image/webp' && fits('sticker')) return 'sticker';
  if (kind !== 'document') {
    if (/^image\/(jpeg|png)$/u.test(plain) && fits('image')) return 'image';
    if (/^audio\/(aac|mp4|mpeg|amr|ogg)$/u.test(plain) && fits('audio')) return 'audio';
    if (/^video\/(mp4|3gpp)$/u.test(plain) && fits('video')) return 'video';
  }
  return 'document';
}

function interactive(type: 'button' | 'list', body: string, action: object): Payload {
  return { type: 'interactive', interactive: { type, body: { text: body }, action } };
}

/** The platform refuses two buttons of the same title. */
function titlesOf(options: readonly Option[]): string[] {
  const titles: string[] = [];
  for (const { label } of options) {
    let title = label;
    for (let again = 2; titles.includes(title); again += 1) {
      const mark = ` (${again})`;
      title = `${shortened(label, can.maxButtonLength - mark.length)}${mark}`;
    }
    titles.push(title);
  }
  return titles;
}

function rowOf(label: string): { title: string; description?: string } {
  const [title = '', ...rest] = splitText(label, maxRowTitle);
  if (rest.length === 0) return { title };
  return { title, description: label.slice(label.indexOf(title) + title.length).trim() };
}

function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${splitText(text, maxLength - 1)[0] ?? ''}…`;
}
