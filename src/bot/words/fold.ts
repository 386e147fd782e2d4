const marks = /\p{M}+/gu;
/** Zero-width and bidirectional tricks: they are not seen, so they are not read. */
const invisible = /\p{Cf}+/gu;
const stretched = /(\p{L})\1{2,}/gu;
const tokens = /\p{L}+|\p{N}+|\p{Extended_Pictographic}|[★☆]/gu;
const unstorable = /[\p{Cc}\p{Surrogate}]/gu;

/** One character may decompose into eighteen: what is read stays bounded. */
const longestFolded = 20_000;

/**
 * Folds a text to what hurried typing on a phone leaves of it: lower case, no accents, no invisible characters,
 * stretched letters once ("holaaa" is "hola").
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .slice(0, longestFolded)
    .replace(marks, '')
    .replace(invisible, '')
    .toLowerCase()
    .replace(stretched, '$1');
}

/** The words, numbers and emoji of a text, folded, in order. Linear in its length. */
export function wordsOf(text: string): string[] {
  return fold(text).match(tokens) ?? [];
}

/**
 * A text that every store takes: control characters other than line breaks become spaces, halves of a
 * surrogate pair are dropped, and no more than `longest` characters (as people count them, nearly) are kept.
 */
export function clean(text: string, longest: number): string {
  const kept = text
    .slice(0, longest * 2)
    .replace(unstorable, (bad) => (bad === '\n' ? '\n' : /\p{Cc}/u.test(bad) ? ' ' : ''))
    .trim();
  return kept.length <= longest ? kept : Array.from(kept).slice(0, longest).join('').trim();
}
