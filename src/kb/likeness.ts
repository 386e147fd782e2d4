import type { SynonymGroup } from '../core/article.ts';
import type { Language } from '../core/language.ts';
import { stopWordsOf } from './engine/stopwords.ts';
import { readWords } from './engine/words.ts';

/** A text as weights of what is in it; of length 1 unless it is empty. */
export type Likeness = ReadonlyMap<string, number>;

/** How much the pieces of a word count beside the word: they forgive spelling mistakes. */
const pieceWeight = 0.35;

/** Reads texts so that they can be compared: stems that say something, rare ones counting more, and pieces of them. */
export function createLikeness(
  texts: readonly { readonly text: string; readonly language: Language }[],
  synonyms: readonly SynonymGroup[] = [],
): (text: string, language: Language) => Likeness {
  const same = new Map<string, string>();
  for (const { language, words } of synonyms)
    for (const word of words)
      for (const stem of readWords(word, language).stems.slice(0, 1))
        same.set(`${language} ${stem}`, `=${words[0]}`);

  const partsOf = (text: string, language: Language): Map<string, number> => {
    const stops = stopWordsOf(language);
    const { words, stems } = readWords(text, language);
    const parts = new Map<string, number>();
    stems.forEach((stem, i) => {
      if (stops.has(words[i] ?? '')) return;
      const name = same.get(`${language} ${stem}`) ?? stem;
      parts.set(name, 1);
      const padded = `<${name}>`;
      for (let at = 0; at + 3 <= padded.length; at += 1)
        parts.set(`~${padded.slice(at, at + 3)}`, pieceWeight);
    });
    return parts;
  };

  const uses = new Map<string, number>();
  for (const { text, language } of texts)
    for (const part of partsOf(text, language).keys()) uses.set(part, (uses.get(part) ?? 0) + 1);
  const rarity = (part: string): number => Math.log(2 + texts.length / (uses.get(part) ?? 1));

  return (text, language) => {
    const weighted = new Map<string, number>();
    for (const [part, weight] of partsOf(text, language)) weighted.set(part, weight * rarity(part));
    return ofLengthOne(weighted);
  };
}

/** The cosine of two texts: 0 (nothing in common) to 1 (the same). */
export function likenessOf(one: Likeness, other: Likeness): number {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [part, weight] of few) sum += weight * (many.get(part) ?? 0);
  return sum;
}

/** Weights scaled so that their squares sum to 1. */
export function ofLengthOne(weights: ReadonlyMap<string, number>): Likeness {
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  const length = Math.sqrt(sum);
  if (length === 0) return weights;
  return new Map([...weights].map(([part, weight]) => [part, weight / length]));
}
