/** Finds personal data in a text: pieces in order, none over another. */
export type FindPersonalData = (
  text: string,
  names: readonly string[],
) => readonly { readonly kind: string; readonly at: number; readonly words: string }[];

/** Tokens that stand for personal data in one exchange with a model. */
export interface Pseudonyms {
  /** The text with a token such as `[phone-1]` in place of each piece; the same words are always the same token. */
  hide(text: string): string;
  /** The text with the words in place of their tokens again. */
  restore(text: string): string;
}

/** What names a thing and not a person leaves as it is. */
const notPersonal = 'reference';

/**
 * @param find what is personal
 * @param names people's names as far as they are known
 * @param texts everything that will be hidden: what looks like a token in there is never used as one
 */
export function createPseudonyms(
  find: FindPersonalData,
  names: readonly string[] = [],
  texts: readonly string[] = [],
): Pseudonyms {
  const tokens = new Map<string, string>();
  const words = new Map<string, string>();
  const numbers = new Map<string, number>();
  const all = texts.join('\n');

  function tokenFor(kind: string, hidden: string): string {
    const known = tokens.get(hidden);
    if (known !== undefined) return known;
    let token: string;
    do {
      const number = (numbers.get(kind) ?? 0) + 1;
      numbers.set(kind, number);
      token = `[${kind}-${number}]`;
    } while (all.includes(token));
    tokens.set(hidden, token);
    words.set(token, hidden);
    return token;
  }

  return {
    hide(text) {
      let hidden = '';
      let from = 0;
      for (const piece of find(text, names)) {
        if (piece.kind === notPersonal) continue;
        hidden += text.slice(from, piece.at) + tokenFor(piece.kind, piece.words);
        from = piece.at + piece.words.length;
      }
      return hidden + text.slice(from);
    },
    restore: (text) => text.replace(/\[[a-z]{2,9}-\d{1,6}\]/gu, (token) => words.get(token) ?? token),
  };
}
