/** Where a text may be parted, best first: between paragraphs, lines, sentences, words. */
const seams = [/\n{2,}/gu, /\n/gu, /(?<=[.!?…。！？]["'»”)\]]?)\s+/gu, /\s+/gu];

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * A text in pieces that each fit into one message: parted between paragraphs where that goes, else between lines,
 * sentences, words; a longer word between characters. Nothing but white space at the seams is left out. Pure.
 * @param maxLength of one piece, at least 2, as `lengthOf` measures
 * @param lengthOf how the platform counts; UTF-16 code units unless told
 * @returns at least one piece
 */
export function splitText(
  text: string,
  maxLength: number,
  lengthOf: (text: string) => number = (piece) => piece.length,
): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (lengthOf(rest) > maxLength) {
    const [head, tail] = cut(rest, maxLength, lengthOf);
    if (head.trim() !== '') pieces.push(head.trimEnd());
    rest = tail.replace(/^\s+/u, '');
  }
  if (rest.trim() !== '' || pieces.length === 0) pieces.push(rest);
  return pieces;
}

function cut(text: string, maxLength: number, lengthOf: (text: string) => number): [string, string] {
  // A measure may count more than one for a character, never less than a third of what is there.
  const window = text.slice(0, maxLength * 3 + 1);
  for (const seam of seams) {
    let at = -1;
    for (const { index } of window.matchAll(seam)) {
      if (index === 0) continue;
      if (lengthOf(text.slice(0, index)) > maxLength) break;
      at = index;
    }
    // A seam in the first third would leave a crumb: rather a lesser seam further on.
    if (at > 0 && lengthOf(text.slice(0, at)) * 3 >= maxLength) return [text.slice(0, at), text.slice(at)];
  }
  let end = 0;
  for (const { index, segment } of graphemes.segment(window)) {
    if (end > 0 && lengthOf(text.slice(0, index + segment.length)) > maxLength) break;
    end = index + segment.length;
  }
  return [text.slice(0, end), text.slice(end)];
}
