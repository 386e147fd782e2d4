import type { Language } from '../../core/language.ts';
import { type Features, hashFeatures } from './features.ts';
import { conceptsOf } from './synonyms.ts';
import { readWords, type Words } from './words.ts';

/** A text read once: its words, and the hashed features of them. */
export interface Reading {
  readonly text: Words;
  /** Names of the synonym groups that its words belong to. */
  readonly concepts: readonly string[];
  readonly features: Features;
}

/** Reads a question or an example. */
export function read(text: string, language: Language): Reading {
  const words = readWords(text, language);
  const concepts = conceptsOf(words, language);
  return { text: words, concepts, features: hashFeatures(words, concepts) };
}
