/** Phrases of folded words, each with what it stands for. */
export interface Lexicon<Kind extends string> {
  readonly kindOf: ReadonlyMap<string, Kind>;
  /** Words in the longest phrase. */
  readonly longest: number;
}

/** What was recognised in a text. */
export interface Recognised<Kind extends string> {
  /** In the order of the text. */
  readonly kinds: readonly Kind[];
  /** Words that belong to no phrase. */
  readonly unknown: readonly string[];
}

/**
 * Builds a lexicon.
 * @param phrases for each kind, folded phrases separated by commas; words by single spaces
 */
export function lexicon<Kind extends string>(
  phrases: Readonly<Record<Kind, readonly string[]>>,
): Lexicon<Kind> {
  const kindOf = new Map<string, Kind>();
  let longest = 1;
  for (const kind of Object.keys(phrases) as Kind[]) {
    for (const phrase of phrases[kind].flatMap((list) => list.split(','))) {
      const bare = phrase.trim();
      if (bare === '') continue;
      kindOf.set(bare, kind);
      longest = Math.max(longest, bare.split(' ').length);
    }
  }
  return { kindOf, longest };
}

/** Reads words from left to right, at each place the longest phrase that is known. */
export function matchPhrases<Kind extends string>(
  words: readonly string[],
  lexicon: Lexicon<Kind>,
): Recognised<Kind> {
  const kinds: Kind[] = [];
  const unknown: string[] = [];
  let at = 0;
  while (at < words.length) {
    let length = Math.min(lexicon.longest, words.length - at);
    let kind: Kind | undefined;
    for (; length > 0; length -= 1) {
      kind = lexicon.kindOf.get(words.slice(at, at + length).join(' '));
      if (kind !== undefined) break;
    }
    if (kind === undefined) unknown.push(words[at] ?? '');
    else kinds.push(kind);
    at += Math.max(1, length);
  }
  return { kinds, unknown };
}
