import type { Language } from '../../core/language.ts';
import type { OutboundMessage } from '../../core/message.ts';
import { numberedLines } from '../option-layout.ts';
import { addressOfUser } from './address.ts';
import { escapeHtml, renderMarkdown } from './markdown.ts';
import { messageIdOf } from './parse.ts';
import type { Tokens } from './tokens.ts';

/** A mail of ours, before its file is put in. */
export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without angle brackets. */
  readonly messageId: string;
  /** Without angle brackets; null: it answers nothing that has an id. */
  readonly inReplyTo: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Whom servers tell when it cannot be delivered; empty: nobody, so that no machine ever answers it. Only a person's
   * mail can come back.
   */
  readonly envelopeFrom: string;
}

const sourceWord: Readonly<Record<Language, string>> = { es: 'Fuente', en: 'Source', pt: 'Fonte' };

/** What no machine answers: vacation responders keep silent at either. */
const automaticHeaders = { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' };

/** The mail that says a message. Pure. @param plusAddresses whether replies may go to an address with a `+` */
export function renderLetter(message: OutboundMessage, tokens: Tokens, plusAddresses: boolean): Letter {
  const { to, name, number, from, options, sources, language } = message;
  const body = renderMarkdown(message.text);
  const choices = numberedLines(options);
  const titles = [...new Set(sources.map(({ title }) => title))].join(' · ');
  const source = titles === '' ? '' : `${sourceWord[language]}: ${titles}`;
  const items = options.map(({ label }) => `<li>${escapeHtml(label)}</li>`).join('\n');
  const html = [
    body.html,
    items === '' ? '' : `<ol>\n${items}\n</ol>\n`,
    source === '' ? '' : `<p style="font-size:small;color:#555">${escapeHtml(source)}</p>\n`,
  ].join('');
  const automatic = from !== 'agent';
  return {
    from: to.account,
    to: addressOfUser(to.user),
    ...(plusAddresses ? { replyTo: tokens.replyAddress(to.account, number) } : {}),
    subject: subjectOf(message.subject, number),
    text: `${[body.plain, choices, source].filter((part) => part !== '').join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}"><body>\n${html}</body></html>\n`,
    messageId: tokens.messageId(to.account, name, number),
    inReplyTo: message.answers === null ? null : messageIdOf(message.answers.externalId),
    headers: automatic ? automaticHeaders : {},
    envelopeFrom: automatic ? '' : to.account,
  };
}

/** `Re: <subject> [#<number>]`, with each of them once however often it went to and fro. */
export function subjectOf(subject: string | null, number: number): string {
  const bare = (subject ?? '')
    .replace(/\s+/gu, ' ')
    .replaceAll(`[#${number}]`, '')
    .trim()
    .replace(/^((re|rv|fw|fwd|aw|wg|res|enc|tr)\s*(\[\d+\])?\s*:\s*)+/iu, '')
    .trim();
  return bare === '' ? `[#${number}]` : `Re: ${bare.slice(0, 200)} [#${number}]`;
}
