import type { SynonymGroup } from '../../core/article.ts';
import type { Language } from '../../core/language.ts';
import { readWords, type Words } from './words.ts';

/** One wording of a group: its stems, and the words and stems of the group's first wording. */
interface Wording {
  readonly stems: readonly string[];
  readonly first: Words;
}

/** The synonyms of one base, ready to be applied; by language and first stem, longest wording first. */
export type OwnSynonyms = ReadonlyMap<Language, ReadonlyMap<string, readonly Wording[]>>;

/** A text in which every wording of a group has become the group's first one. */
export interface Unified extends Words {
  /** The words that were replaced: spelling mistakes are still made in them. */
  readonly replaced: Words;
}

/** Reads the groups as the engine reads texts. A wording in two groups of a language belongs to the first. */
export function readSynonyms(groups: readonly SynonymGroup[]): OwnSynonyms {
  const byLanguage = new Map<Language, Map<string, Wording[]>>();
  for (const { language, words } of groups) {
    const wordings = words.map((word) => readWords(word, language)).filter(({ stems }) => stems.length > 0);
    const [first] = wordings;
    if (first === undefined) continue;
    const byStem = byLanguage.get(language) ?? new Map<string, Wording[]>();
    byLanguage.set(language, byStem);
    for (const { stems } of wordings) {
      const [head = ''] = stems;
      const list = byStem.get(head) ?? [];
      list.push({ stems, first });
      list.sort((a, b) => b.stems.length - a.stems.length);
      byStem.set(head, list);
    }
  }
  return byLanguage;
}

const none: Words = { words: [], stems: [] };

/** Puts the first wording of its group in the place of each wording that the text has. */
export function unify(text: Words, language: Language, synonyms: OwnSynonyms): Unified {
  const byStem = synonyms.get(language);
  if (byStem === undefined) return { ...text, replaced: none };
  const words: string[] = [];
  const stems: string[] = [];
  const replaced: { words: string[]; stems: string[] } = { words: [], stems: [] };
  for (let at = 0; at < text.stems.length; ) {
    const found = byStem
      .get(text.stems[at] ?? '')
      ?.find((wording) => wording.stems.every((stem, i) => text.stems[at + i] === stem));
    const length = found?.stems.length ?? 1;
    const own = { words: text.words.slice(at, at + length), stems: text.stems.slice(at, at + length) };
    words.push(...(found?.first.words ?? own.words));
    stems.push(...(found?.first.stems ?? own.stems));
    if (found !== undefined && found.first.stems.join(' ') !== own.stems.join(' ')) {
      replaced.words.push(...own.words);
      replaced.stems.push(...own.stems);
    }
    at += length;
  }
  return { words, stems, replaced };
}
