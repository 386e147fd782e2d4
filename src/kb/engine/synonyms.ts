import type { Language } from '../../core/language.ts';
import { stem } from './stem.ts';
import { englishSynonyms } from './synonyms-en.ts';
import { spanishSynonyms } from './synonyms-es.ts';
import { portugueseSynonyms } from './synonyms-pt.ts';
import type { Words } from './words.ts';

const table: Record<Language, string> = { es: spanishSynonyms, en: englishSynonyms, pt: portugueseSynonyms };

const maps = new Map<Language, ReadonlyMap<string, string>>();

function groupsOf(language: Language): ReadonlyMap<string, string> {
  const known = maps.get(language);
  if (known) return known;
  const map = new Map<string, string>();
  table[language].split(';').forEach((group, at) => {
    for (const word of group.trim().split(/\s+/)) {
      const key = stem(word, language);
      if (!map.has(key)) map.set(key, `=${language}${at}`);
    }
  });
  maps.set(language, map);
  return map;
}

/** The names of the synonym groups that the words of a text belong to. */
export function conceptsOf(text: Pick<Words, 'stems'>, language: Language): string[] {
  const groups = groupsOf(language);
  const concepts: string[] = [];
  for (const word of text.stems) {
    const concept = groups.get(word);
    if (concept !== undefined) concepts.push(concept);
  }
  return concepts;
}
