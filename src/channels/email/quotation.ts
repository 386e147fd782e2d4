import EmailReplyParser from 'email-reply-parser';

/** Longer texts are not searched for quotations: nobody types so much. In characters. */
const maxSearched = 200_000;

/** What the bot reads of one mail, in characters; the rest stands in the whole. */
const maxText = 20_000;

/** Lines under which only older mails or a mail program's own words stand, beside those the library knows. */
const seams = [
  /^\s*[-_]{2,}\s*(original message|mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|urspr\w+ nachricht)\s*[-_]{2,}\s*$/imu,
  /^(de|from):\s.{1,200}\n(enviado( el)?|enviada em|sent|data|date|fecha):\s.{1,200}\n(para|to):\s/imu,
  /^(el|em|on)\s.{5,200}(escribi[oó]|escreveu|wrote)\s*:\s*$/imu,
  /^(enviado (desde|do|a partir do) (mi|meu|o|el)?\s?.{2,40}|(obtener|descargar|obter|baixar) (o )?outlook (para|for) .{2,60})$/imu,
];

const parser = new EmailReplyParser();

/**
 * Cuts what a mail quotes and its signature. Pure, but slow on hostile text: never run it where others wait.
 * @param text the whole of the mail
 * @returns what was written now; the whole, where it holds more. A mail that only forwards is all text.
 */
export function withoutQuotation(text: string): { readonly text: string; readonly whole?: string } {
  const visible = text.length > maxSearched ? text : cut(text);
  const kept = visible.trim() === '' ? text : visible;
  const short = kept.length > maxText ? `${kept.slice(0, maxText)} […]` : kept;
  return short === text ? { text } : { text: short, whole: text };
}

function cut(text: string): string {
  const at = Math.min(...seams.map((seam) => seam.exec(text)?.index ?? text.length));
  const above = text.slice(0, at);
  const parsed = parser.read(above);
  const hides = parsed.getFragments().some((fragment) => fragment.isHidden() && !fragment.isEmpty());
  const kept = hides ? parsed.getVisibleText() : above;
  return kept.length === text.length ? text : kept.trim();
}
