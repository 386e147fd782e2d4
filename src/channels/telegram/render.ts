import type { Language } from '../../core/language.ts';
import type { Option, OutboundMessage } from '../../core/message.ts';
import { partName } from '../../core/message-part.ts';
import type { Capabilities } from '../channel.ts';
import { layoutOf, numberedLines } from '../option-layout.ts';
import { splitText } from '../split-text.ts';
import { escapeMarkdown, type Rendered, renderMarkdown } from './markdown.ts';

// https://core.telegram.org/bots/api#sendmessage and #sendphoto: counted after the marks are read.
const maxTextLength = 4_096;
const maxCaptionLength = 1_024;

// https://core.telegram.org/bots/api#inlinekeyboardbutton
const maxDataBytes = 64;

/** The longest row of labels that a phone shows whole, and the most buttons in it. */
const rowLength = 24;
const rowButtons = 5;

const megabyte = 1_000_000;

/** What Telegram can show. File sizes: https://core.telegram.org/bots/api#sending-files */
export const can: Capabilities = {
  maxTextLength,
  maxButtons: 10,
  // No limit is documented: a phone cuts longer ones off.
  maxButtonLength: 40,
  maxListRows: 0,
  maxListRowLength: 0,
  maxMediaBytes: {
    image: 10 * megabyte,
    audio: 50 * megabyte,
    voice: 50 * megabyte,
    video: 50 * megabyte,
    document: 50 * megabyte,
    sticker: 50 * megabyte,
  },
  typing: true,
  repeatable: false,
  reports: false,
  readsLog: false,
  handheld: true,
  pauseMs: 1_500,
  replyWindowMs: null,
  oneProcess: false,
};

/** One button of an inline keyboard. */
export interface Button {
  readonly text: string;
  readonly callback_data: string;
}

/** One call's words, as they go under a file or alone. */
export interface RenderedPart extends Rendered {
  /** Rows of buttons; null when there are none. */
  readonly keyboard: Button[][] | null;
}

/**
 * The calls it takes to say a message: a file with what fits under it, then the rest of the text, the buttons under the
 * last. Pure; of a part it makes the part itself.
 */
export function partsOf(message: OutboundMessage): OutboundMessage[] {
  const { attachment, name } = message;
  const buttons = layout(message.options) === 'buttons' ? message.options : [];
  const text = wordsOf(message);
  const plainLength = renderMarkdown(text).plain.length;
  const bare = { ...message, sources: [], options: [] };
  if (attachment !== null && plainLength <= maxCaptionLength && attachment.kind !== 'sticker') {
    return [{ ...bare, text, options: buttons }];
  }
  const files = attachment === null ? [] : [{ ...bare, text: '' }];
  const texts = text === '' && attachment !== null ? [] : piecesOf(text, maxTextLength);
  const parts = [...files, ...texts.map((piece) => ({ ...bare, text: piece, attachment: null }))];
  return parts.map((part, index) => ({
    ...part,
    name: partName(name, index),
    options: index === parts.length - 1 ? buttons : [],
  }));
}

/** One part in the platform's words. Pure. */
export function renderPart(part: OutboundMessage): RenderedPart {
  return { ...renderMarkdown(part.text), keyboard: keyboardOf(part.options) };
}

/** The text with all that has no form of its own: options as numbered lines, and where an answer is from. */
function wordsOf({ text, options, sources, from, language }: OutboundMessage): string {
  const numbers =
    layout(options) === 'numbers'
      ? // Not a list: it would go on counting where one right above it ended.
        numberedLines(options.map(({ id, label }) => ({ id, label: escapeMarkdown(label) }))).replace(
          /^(\d+)\./gmu,
          '$1\\.',
        )
      : '';
  const titles = from === 'bot' ? [...new Set(sources.map(({ title }) => title.trim()))].filter(Boolean) : [];
  const source =
    titles.length === 0 ? '' : `_${sourceWord[language]}: ${titles.map(escapeMarkdown).join('; ')}_`;
  return [text, source, numbers].filter((piece) => piece !== '').join('\n\n');
}

const sourceWord: Readonly<Record<Language, string>> = { es: 'Fuente', en: 'Source', pt: 'Fonte' };

function piecesOf(markdown: string, maxLength: number): string[] {
  if (renderMarkdown(markdown).plain.length <= maxLength) return [markdown];
  // Four characters are kept for the marks that a cut must close and open again.
  const pieces = closeMarks(splitText(markdown, Math.min(maxLength, markdown.length) - 4));
  return pieces.flatMap((piece) =>
    renderMarkdown(piece).plain.length <= maxLength ? [piece] : piecesOf(piece, maxLength / 2),
  );
}

/** Strong words that a cut parted are strong on both sides of it. */
function closeMarks(pieces: readonly string[]): string[] {
  let open = false;
  return pieces.map((piece) => {
    const begun = open ? `**${piece}` : piece;
    const marks = begun.match(/\*\*(?=\S)|(?<=\S)\*\*/gu)?.length ?? 0;
    open = marks % 2 === 1;
    return open ? `${begun}**` : begun;
  });
}

function layout(options: readonly Option[]): ReturnType<typeof layoutOf> {
  const fits = options.every(({ id }) => Buffer.byteLength(id) <= maxDataBytes);
  return fits || options.length === 0 ? layoutOf(options, can) : 'numbers';
}

function keyboardOf(options: readonly Option[]): Button[][] | null {
  if (layout(options) !== 'buttons') return null;
  const buttons = options.map(({ id, label }) => ({ text: label, callback_data: id }));
  const together = buttons.reduce((sum, { text }) => sum + text.length, 0);
  // A scale of stars reads as one row; answers in words stand below each other.
  if (buttons.length <= rowButtons && together <= rowLength) return [buttons];
  return buttons.map((button) => [button]);
}
