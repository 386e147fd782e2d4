import { LRUCache } from 'lru-cache';
import { newStemmer, type Stemmer } from 'snowball-stemmers';
import type { Language } from '../../core/language.ts';
import { irregularVerbsOf } from './verbs.ts';

const names: Record<Language, string> = { es: 'spanish', en: 'english', pt: 'portuguese' };
const stemmers = new Map<Language, Stemmer>();
// A base of 10,000 articles has some 20,000 different words.
const cache = new LRUCache<string, string>({ max: 30_000 });

/** Endings whose accent the Snowball rules look for and a phone leaves out. */
const accented: Record<Language, readonly (readonly [RegExp, string])[]> = {
  es: [
    [/([cs])ion$/, '$1ión'],
    [/logia(s?)$/, 'logía$1'],
    [/([aei])ria(s|n|mos)?$/, '$1ría$2'],
  ],
  pt: [
    [/cao$/, 'ção'],
    [/coes$/, 'ções'],
    [/sao$/, 'são'],
    [/soes$/, 'sões'],
    [/avel$/, 'ável'],
    [/ivel$/, 'ível'],
  ],
  en: [],
};

// Imperatives with pronouns, voseo included ("ayudame", "mandamelo"): Snowball strips them from infinitives only.
const clitics = /^(.{3,}[aei])(?:me|nos|te|le|les|melo|mela|melos|melas|telo|tela|noslo|selo|sela)$/;
const infinitiveClitics = /^(.{2,}[aei]r)(?:me|te|se|nos|le|les|lo|la|los|las)(?:lo|la|los|las)?$/;

/**
 * Stem of one folded word. Works on the folded form alone, so that a word without its accents has the same stem,
 * and gives a folded stem.
 */
export function stem(word: string, language: Language): string {
  if (word.length < 3) return irregularVerbsOf(language).get(word) ?? word;
  const key = `${language}${word}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = computeStem(word, language);
  cache.set(key, value);
  return value;
}

function computeStem(word: string, language: Language): string {
  const irregular = irregularVerbsOf(language).get(word);
  if (irregular) return irregular;
  let form = word;
  if (language === 'es') {
    const bare = form.replace(infinitiveClitics, '$1').replace(clitics, '$1');
    if (bare !== form) return irregularVerbsOf('es').get(bare) ?? computeStem(bare, 'es');
  }
  for (const [ending, replacement] of accented[language]) form = form.replace(ending, replacement);
  return stemmerOf(language)
    .stem(form)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
}

function stemmerOf(language: Language): Stemmer {
  const known = stemmers.get(language);
  if (known) return known;
  const made = newStemmer(names[language]);
  stemmers.set(language, made);
  return made;
}
