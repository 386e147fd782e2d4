import EmailReplyParser from 'email-reply-parser';
import patterns from 'email-reply-parser/lib/regex.js';

/** Longer texts, and texts with longer lines, are only searched for the seams below: the library's patterns take the square of it. */
const maxSearched = 30_000;
const maxLine = 2_000;

/** What the bot reads of one mail, in characters; the rest stands in the whole. */
const maxText = 20_000;

/** Lines under which only older mails or a mail program's own words stand, beside those the library knows. */
const seams = [
  /^\s*[-_]{2,}\s*(original message|mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|urspr\w+ nachricht)\s*[-_]{2,}\s*$/imu,
  /^(de|from):\s.{1,200}\n(enviado( el)?|enviada em|sent|data|date|fecha):\s.{1,200}\n(para|to):\s/imu,
  /^(el|em|on)\s.{5,200}(escribi[oó]|escreveu|wrote)\s*:\s*$/imu,
  /^(enviado (desde|do|a partir do) (mi|meu|o|el)?\s?.{2,40}|(obtener|descargar|obter|baixar) (o )?outlook (para|for) .{2,60})$/imu,
];

// On a hostile text the library's patterns take its cube, minutes for a short mail: no line of a quotation's head is so
// long that a limit would matter.
patterns.quoteHeadersRegex = patterns.quoteHeadersRegex.map(bounded);
patterns.signatureRegex = patterns.signatureRegex.map(bounded);
const parser = new EmailReplyParser();

function bounded({ source, flags }: RegExp): RegExp {
  const limited = source
    .replace(/(\[\\s\\S\]|(?<!\\)\.)([+*])/gu, (_, any, many) => `${any}{${many === '+' ? 1 : 0},200}`)
    .replace(/\\s\*/gu, '\\s{0,9}');
  return new RegExp(limited, flags);
}

/**
 * Cuts what a mail quotes and its signature. Pure, but slow on hostile text: never run it where others wait.
 * @param text the whole of the mail
 * @returns what was written now; the whole, where it holds more. A mail that only forwards is all text.
 */
export function withoutQuotation(text: string): { readonly text: string; readonly whole?: string } {
  const visible = cut(text);
  const kept = visible.trim() === '' ? text : visible;
  const short = kept.length > maxText ? `${kept.slice(0, maxText)} […]` : kept;
  return short === text ? { text } : { text: short, whole: text };
}

function cut(text: string): string {
  const at = Math.min(...seams.map((seam) => seam.exec(text)?.index ?? text.length));
  const above = text.slice(0, at);
  const kept = isSearchable(above) ? visibleOf(above) : above;
  return kept.length === text.length ? text : kept.trim();
}

const isSearchable = (text: string) =>
  text.length <= maxSearched && text.split('\n').every((line) => line.length <= maxLine);

function visibleOf(text: string): string {
  const parsed = parser.read(text);
  const hides = parsed.getFragments().some((fragment) => fragment.isHidden() && !fragment.isEmpty());
  return hides ? parsed.getVisibleText() : text;
}
