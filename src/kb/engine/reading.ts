import type { Language } from '../../core/language.ts';
import { type Features, hashFeatures } from './features.ts';
import { kindsOf } from './kinds.ts';
import { type OwnSynonyms, unify } from './own-synonyms.ts';
import { conceptsOf } from './synonyms.ts';
import { readWords, type Words } from './words.ts';

/** A text read once: its words, and the hashed features of them. */
export interface Reading {
  readonly text: Words;
  /** Names of the synonym groups that its words belong to. */
  readonly concepts: readonly string[];
  readonly features: Features;
}

const noSynonyms: OwnSynonyms = new Map();

/** Reads a question or an example; the base's own synonyms become one word, everyday ones a concept beside the word. */
export function read(text: string, language: Language, synonyms = noSynonyms): Reading {
  const words = unify(withoutRepeats(readWords(text, language)), language, synonyms);
  const concepts = conceptsOf({ stems: [...words.stems, ...words.replaced.stems] }, language);
  const features = hashFeatures(words, [...concepts, ...kindsOf(words, language)], words.replaced.words);
  return { text: words, concepts, features };
}

/** The stems of a longer text and the names of the synonym groups they belong to. */
export function readStems(text: string, language: Language, synonyms = noSynonyms): string[] {
  const words = unify(readWords(text, language), language, synonyms);
  return [...words.stems, ...conceptsOf({ stems: [...words.stems, ...words.replaced.stems] }, language)];
}

/**
 * Saying the same again says no more: three words in a row that came before are left out. Counted each time, a question
 * repeated often enough would look like one that the base is sure of.
 */
function withoutRepeats({ words, stems }: Words): Words {
  const seen = new Set<string>();
  const kept = words.map((_, at) => {
    if (at < 2) return true;
    const three = stems.slice(at - 2, at + 1).join(' ');
    if (seen.has(three)) return false;
    seen.add(three);
    return true;
  });
  return { words: words.filter((_, at) => kept[at]), stems: stems.filter((_, at) => kept[at]) };
}
