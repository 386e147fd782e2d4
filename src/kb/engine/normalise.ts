/** Longest text that is read, in UTF-16 units: a customer's question is never longer, a pasted log is. */
export const maxTextLength = 4000;

const marks = /\p{M}+/gu;
const tags = /<[^<>]{0,500}>/g;
const links = /\bhttps?:\/\/\S+/gi;
const stretched = /(\p{L})\1{2,}/gu;
const tokens = /\p{L}+|\p{N}+|\p{Extended_Pictographic}/gu;

/**
 * Folds a text to what typing on a phone leaves of it: lower case, no accents (ñ and ç included),
 * no markup, no link targets, stretched letters once ("siiii" is "si").
 */
export function fold(text: string, longest = maxTextLength): string {
  return text
    .slice(0, longest)
    .replace(tags, ' ')
    .replace(links, ' ')
    .normalize('NFKD')
    .replace(marks, '')
    .toLowerCase()
    .replace(stretched, '$1');
}

/**
 * Splits a folded text into words, runs of digits and emoji, in order. Letters and digits part company
 * ("5pm" is "5 pm", "iphone12" is "iphone 12"), so that a code is found however it is spaced.
 */
export function tokenise(folded: string): string[] {
  return folded.match(tokens) ?? [];
}
