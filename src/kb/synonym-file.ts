import type { SynonymGroup } from '../core/article.ts';
import { isLanguage, languages } from '../core/language.ts';
import { type Fault, type WrongCode, wrong } from './fault.ts';
import { lineFaults } from './json-lines.ts';

const maxWord = 60;
const maxWords = 30;

/**
 * Reads synonyms: one group a line, `es: módem, router, cajita`. Empty lines and those that begin with `#` are passed over.
 * @throws RelevoError `kb_synonym_faults`: also for a word that is in two groups of its language
 */
export function parseSynonyms(text: string, file: string): SynonymGroup[] {
  const faults: Fault[] = [];
  const groups: SynonymGroup[] = [];
  const first = new Map<string, number>();
  text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n?|\n/u)
    .forEach((raw, i) => {
      const line = i + 1;
      if (raw.trim() === '' || raw.trim().startsWith('#')) return;
      const fault = (name: WrongCode, message: string, about: Fault['about']) =>
        faults.push({ file, line, ...wrong(name, message, about) });
      const [, language = '', rest = ''] = /^\s*([a-z]{2})\s*:(.*)$/iu.exec(raw) ?? [];
      const code = language.toLowerCase();
      if (!isLanguage(code)) {
        fault(
          'synonym_language',
          `expected a language and words, such as "es: módem, router"; languages are ${languages.join(', ')}`,
          { known: languages.join(', ') },
        );
        return;
      }
      const words = [
        ...new Set(rest.split(',').map((word) => word.replace(/\s+/gu, ' ').trim().toLowerCase())),
      ];
      const kept = words.filter((word) => word !== '');
      if (kept.length < 2 || kept.length > maxWords)
        fault(
          'synonym_words',
          `has ${kept.length} different words: expected 2 to ${maxWords}, separated by commas`,
          { count: kept.length, most: maxWords },
        );
      for (const word of kept) {
        if (word.length > maxWord || /[\p{Cc}\p{Surrogate}]/u.test(word))
          fault(
            'no_such_word',
            `"${word.slice(0, maxWord)}" is no word: expected at most ${maxWord} plain characters`,
            { word: word.slice(0, maxWord), most: maxWord },
          );
        const before = first.get(`${code} ${word}`);
        if (before !== undefined)
          fault('synonym_twice', `"${word}" is already in line ${before}: expected it in one group`, {
            word,
            at: before,
          });
        first.set(`${code} ${word}`, line);
      }
      groups.push({ language: code, words: kept });
    });
  if (faults.length > 0) throw lineFaults(faults, 'kb_synonym_faults');
  return groups;
}

/** Synonyms as the text of their file: what `parseSynonyms` reads back. */
export function formatSynonyms(groups: readonly SynonymGroup[]): string {
  return groups.map(({ language, words }) => `${language}: ${words.join(', ')}\n`).join('');
}
