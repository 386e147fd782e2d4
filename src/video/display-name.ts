/** Longer names are cut: a token travels in an address, and a name is for reading. */
const maxLetters = 60;

/** Somebody known only by a number or an address: no name for a token, which servers write into their logs. */
const contact = /@|\d(?:[\s().+/-]*\d){5}/u;

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * What of a name may be shown in a call: without marks of HTML, control and invisible signs, and not too long.
 * @param name as the case knows it
 * @returns null when nothing is left, or when it is an e-mail address or a number and not a name
 */
export function displayName(name: string | null): string | null {
  if (name === null) return null;
  const plain = name
    // The start is enough, however long it is.
    .slice(0, 1_000)
    .normalize('NFC')
    .replace(/<[^<>]*>/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}<>&"`\\{}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (contact.test(plain) || !/[\p{L}\p{N}]/u.test(plain)) return null;
  let shown = '';
  let count = 0;
  for (const { segment } of letters.segment(plain)) {
    // One letter can carry any number of marks.
    if (count === maxLetters || shown.length + segment.length > maxLetters * 4) break;
    shown += segment;
    count += 1;
  }
  return shown.trim() || null;
}
