import type { Language } from '../../core/language.ts';
import type { MediaKind, OutboundMessage } from '../../core/message.ts';
import { partName } from '../../core/message-part.ts';
import type { Capabilities, SendLimits } from '../channel.ts';
import { numberedLines } from '../option-layout.ts';
import { splitText } from '../split-text.ts';
import { escapeMarkdown, renderedLength, toWhatsApp } from '../whatsapp-markup.ts';

/** The page takes up to 65,536 characters; phones fold long texts away, and the official interface takes these. */
const maxTextLength = 4_096;
const maxCaptionLength = 1_024;

/** Files go through the page's memory three times over: far below what WhatsApp itself takes. */
const maxFileBytes = 25 * 1024 * 1024;

/** What can be sent. Buttons and lists no longer arrive from linked devices: options are numbers to type. */
export const can: Capabilities = {
  maxTextLength,
  maxButtons: 0,
  maxButtonLength: 0,
  maxListRows: 0,
  maxListRowLength: 0,
  maxMediaBytes: {
    image: maxFileBytes,
    audio: maxFileBytes,
    voice: maxFileBytes,
    video: maxFileBytes,
    document: maxFileBytes,
    sticker: 1024 * 1024,
  },
  typing: true,
  repeatable: false,
  reports: false,
  readsLog: false,
  phones: true,
  handheld: true,
  pauseMs: 1_500,
  replyWindowMs: null,
  oneProcess: true,
};

/**
 * WhatsApp states no limits for its web page and bans numbers that write like machines: about as fast as a person who
 * answers several people at once.
 */
export const limits: SendLimits = {
  account: { calls: 20, perMs: 60_000, burst: 3 },
  user: { calls: 1, perMs: 2_000, burst: 1 },
};

const sourceWord: Readonly<Record<Language, string>> = { es: 'Fuente', en: 'Source', pt: 'Fonte' };

/**
 * The calls it takes to say a message: a file with what fits under it, then the rest of the text. Pure; of a part it
 * makes the part itself.
 */
export function partsOf(message: OutboundMessage): readonly OutboundMessage[] {
  const { attachment, name } = message;
  const text = wordsOf(message);
  const bare = { ...message, options: [], sources: [] };
  if (attachment !== null && hasCaption(attachment.kind) && renderedLength(text) <= maxCaptionLength) {
    return [{ ...bare, text }];
  }
  const texts = text === '' && attachment !== null ? [] : splitText(text, maxTextLength, renderedLength);
  const parts = [
    ...(attachment === null ? [] : [{ ...bare, text: '' }]),
    ...texts.map((piece) => ({ ...bare, text: piece, attachment: null })),
  ];
  return parts.map((part, index) => ({ ...part, name: partName(name, index) }));
}

/** One part's words as WhatsApp shows them; empty under a file without any. Pure. */
export function textOf(part: OutboundMessage): string {
  const text = wordsOf(part);
  return text === '' ? '' : toWhatsApp(text);
}

/** How a file is shown, by its kind and the type that its bytes have; what the page does not show goes as a document. Pure. */
export function shownAs(kind: MediaKind, type: string): 'picture' | 'voice' | 'sticker' | 'document' {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (kind === 'sticker' && plain === 'image/webp') return 'sticker';
  if (kind === 'voice' && plain === 'audio/ogg') return 'voice';
  if (kind === 'document') return 'document';
  return /^(?:image\/(?:jpeg|png|webp|gif)|video\/mp4|audio\/(?:ogg|mpeg|mp4|aac))$/u.test(plain)
    ? 'picture'
    : 'document';
}

function hasCaption(kind: MediaKind): boolean {
  return kind === 'image' || kind === 'video' || kind === 'document';
}

/** The text with all that has no form of its own here: where an answer is from, and options as numbered lines. */
function wordsOf({ text, options, sources, from, language }: OutboundMessage): string {
  const titles = from === 'bot' ? [...new Set(sources.map(({ title }) => title.trim()))].filter(Boolean) : [];
  return [
    text,
    titles.length === 0 ? '' : `*${sourceWord[language]}: ${titles.map(escapeMarkdown).join('; ')}*`,
    // Not a list: it would go on counting where one right above it ended.
    numberedLines(options.map(({ id, label }) => ({ id, label: escapeMarkdown(label) }))).replace(
      /^(\d+)\./gmu,
      '$1\\.',
    ),
  ]
    .filter((piece) => piece !== '')
    .join('\n\n');
}
