import type { Language } from '../../core/language.ts';
import { abbreviationsOf } from './abbreviations.ts';
import { fromOtherLayout } from './layout.ts';
import { fold, maxTextLength, tokenise } from './normalise.ts';
import { stem } from './stem.ts';

/** A text as the engine reads it: `words` are folded and written out in full, `stems` has one stem per word. */
export interface Words {
  readonly words: readonly string[];
  readonly stems: readonly string[];
}

/** Most words that are read of one text: answers may be long, questions never are. */
const maxWords = 600;

/** Reads a text: folds it, writes out short forms, stems each word. */
export function readWords(text: string, language: Language): Words {
  const short = abbreviationsOf(language);
  const tokens = joinContractions(
    tokenise(fold(fromOtherLayout(text.slice(0, maxTextLength), language))),
    language,
  );
  const words: string[] = [];
  for (const token of tokens) {
    const long = short.get(token);
    if (long) words.push(...long);
    else words.push(token);
    if (words.length >= maxWords) break;
  }
  return { words, stems: words.map((word) => stem(word, language)) };
}

const englishTails: ReadonlyMap<string, string> = new Map([
  ['t', 'not'],
  ['m', 'am'],
  ['re', 'are'],
  ['ve', 'have'],
  ['ll', 'will'],
]);

/** "don't" and "don t" both become "do not"; a possessive or contracted "s" is dropped. */
function joinContractions(tokens: readonly string[], language: Language): readonly string[] {
  if (language !== 'en') return tokens;
  const joined: string[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    const tail = englishTails.get(token);
    if (before !== undefined && token === 's') continue;
    if (before === undefined || tail === undefined) {
      joined.push(token);
      continue;
    }
    if (token === 't') {
      if (!before.endsWith('n')) {
        joined.push(token);
        continue;
      }
      joined[joined.length - 1] = before === 'can' ? 'can' : before === 'won' ? 'will' : before.slice(0, -1);
    }
    joined.push(tail);
  }
  return joined;
}
