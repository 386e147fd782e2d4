/** Tags of Telegram's HTML mode: https://core.telegram.org/bots/api#html-style */
const tags = new Set(['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'a', 'blockquote', 'tg-spoiler']);

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/**
 * Reads a text as Telegram's HTML mode does.
 * @returns the words without marks
 * @throws Error with Telegram's words for what it cannot read
 */
export function readHtml(html: string): string {
  const open: string[] = [];
  let plain = '';
  let at = 0;
  while (at < html.length) {
    const char = html[at];
    if (char === '&') {
      const entity = /^&(?:(lt|gt|amp|quot)|#(\d+)|#x([\da-f]+));/iu.exec(html.slice(at));
      const [whole, name, decimal, hex] = entity ?? [];
      if (whole === undefined) plain += '&';
      else {
        plain +=
          name === undefined
            ? String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal))
            : named[name.toLowerCase()];
      }
      at += whole?.length ?? 1;
      continue;
    }
    if (char !== '<') {
      plain += char;
      at += 1;
      continue;
    }
    const tag = /^<(\/?)([a-z-]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/iu.exec(html.slice(at));
    if (tag === null) throw new Error(`can't parse entities: Unclosed start tag at byte offset ${at}`);
    const [whole, close, name = ''] = tag;
    if (!tags.has(name))
      throw new Error(`can't parse entities: Unsupported start tag "${name}" at byte offset ${at}`);
    if (close === '/') {
      const last = open.pop();
      if (last !== name) {
        throw new Error(
          `can't parse entities: Unmatched end tag at byte offset ${at}, expected "</${last ?? ''}>"`,
        );
      }
    } else open.push(name);
    at += whole.length;
  }
  if (open.length > 0)
    throw new Error(`can't parse entities: Can't find end tag corresponding to start tag "${open.at(-1)}"`);
  return plain;
}
