import type { Language } from '../../core/language.ts';
import type { OutboundMessage, Source } from '../../core/message.ts';
import type { Capabilities, SendLimits } from '../channel.ts';
import { layoutOf, numberedLines } from '../option-layout.ts';
import { splitText } from '../split-text.ts';
import { mrkdwnLength, toMrkdwn } from './mrkdwn.ts';
import { placeOf } from './place.ts';

/** Characters of a section block: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const maxSectionLength = 3_000;
const megabyte = 1_000_000;

/** What Slack can show. Files may be larger; these are what people wait for. */
export const can: Capabilities = {
  // https://docs.slack.dev/reference/methods/chat.postMessage advises no more
  maxTextLength: 4_000,
  maxButtons: 5,
  // https://docs.slack.dev/reference/block-kit/block-elements/button-element
  maxButtonLength: 75,
  // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
  maxListRows: 100,
  maxListRowLength: 75,
  maxMediaBytes: {
    image: 100 * megabyte,
    audio: 100 * megabyte,
    voice: 100 * megabyte,
    video: 100 * megabyte,
    document: 100 * megabyte,
    sticker: 100 * megabyte,
  },
  typing: false,
  repeatable: false,
  reports: false,
  readsLog: false,
  handheld: false,
  pauseMs: 2_000,
  replyWindowMs: null,
  oneProcess: false,
};

/** https://docs.slack.dev/apis/web-api/rate-limits: one a second per channel, "several hundred" a minute in all. */
export const limits: SendLimits = {
  account: { calls: 300, perMs: 60_000, burst: 20 },
  user: { calls: 1, perMs: 1_000, burst: 3 },
};

const labels: Readonly<Record<Language, { source: string; choose: string }>> = {
  es: { source: 'Fuente', choose: 'Elige una opción' },
  en: { source: 'Source', choose: 'Choose an option' },
  pt: { source: 'Fonte', choose: 'Escolha uma opção' },
};

/** The type of our metadata, by which a message of ours is found again. */
export const metadataType = 'relevo_message';

/** The calls that a message takes: its text in pieces, the options under the last one, then its file. Pure. */
export function partsOf(message: OutboundMessage): readonly OutboundMessage[] {
  const numbers = layoutOf(message.options, can) === 'numbers' ? numberedLines(message.options) : '';
  const text = [message.text, numbers].filter((piece) => piece.trim() !== '').join('\n\n');
  const pieces = text === '' ? [] : splitText(text, can.maxTextLength, mrkdwnLength);
  const options = numbers === '' ? message.options : [];
  const last = pieces.length - 1;
  const texts = pieces.map((piece, index) => ({
    ...message,
    text: piece,
    options: index === last ? options : [],
    sources: index === last ? message.sources : [],
    attachment: null,
  }));
  const file = { ...message, text: '', options: [], sources: [] };
  const parts = message.attachment === null ? texts : [...texts, file];
  return parts.map((part, index) => ({
    ...part,
    name: index === 0 ? message.name : `${message.name}#${index + 1}`,
  }));
}

/** The arguments of `chat.postMessage` for a part with a text. Pure. */
export function renderPost(part: OutboundMessage): Readonly<Record<string, unknown>> {
  const { channel, root } = placeOf(part.to);
  const sections = splitText(part.text, maxSectionLength, mrkdwnLength).map((piece) => ({
    type: 'section',
    // Verbatim: Slack looks for no names and channels in it.
    text: { type: 'mrkdwn', text: toMrkdwn(piece), verbatim: true },
  }));
  return {
    channel,
    ...(root === null ? {} : { thread_ts: root }),
    // Shown in notifications only.
    text: toMrkdwn(part.text),
    blocks: [...sections, ...optionBlocks(part), ...sourceBlocks(part.sources, part.language)],
    metadata: { event_type: metadataType, event_payload: { name: part.name } },
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function optionBlocks({ options, language }: OutboundMessage): object[] {
  const layout = layoutOf(options, can);
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: true });
  if (layout === 'buttons') {
    const elements = options.map(({ id, label }, index) => ({
      type: 'button',
      action_id: `relevo.option.${index + 1}`,
      text: plain(label),
      value: id,
    }));
    return [{ type: 'actions', elements }];
  }
  if (layout !== 'list') return [];
  const select = {
    type: 'static_select',
    action_id: 'relevo.option.list',
    placeholder: plain(labels[language].choose),
    options: options.map(({ id, label }) => ({ text: plain(label), value: id })),
  };
  return [{ type: 'actions', elements: [select] }];
}

function sourceBlocks(sources: readonly Source[], language: Language): object[] {
  if (sources.length === 0) return [];
  const text = sourceLine(sources, language);
  return [{ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }];
}

/** The small line that says where an answer is from. Pure. */
export function sourceLine(sources: readonly Source[], language: Language): string {
  const titles = [...new Set(sources.map(({ title }) => title))].join(' · ');
  const text = `${labels[language].source}: ${titles}`;
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
