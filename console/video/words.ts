import type { Language } from './door.ts';
import type spanish from './words/es.json';

/** The name of a text. */
export type WordId = keyof typeof spanish;

/** Puts a text into the reader's language. */
export type Say = (id: WordId, values?: Readonly<Record<string, string | number>>) => string;

type Words = Readonly<Record<WordId, string>>;

// The return types make a missing text a type error.
const load: Readonly<Record<Language, () => Promise<Words>>> = {
  es: async () => (await import('./words/es.json')).default,
  en: async () => (await import('./words/en.json')).default,
  pt: async () => (await import('./words/pt.json')).default,
};

/** The language of a browser, for who has no case: Spanish when it is none of ours. */
export function browserLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = (['es', 'en', 'pt'] as const).find((each) => wish.toLowerCase().split('-')[0] === each);
    if (found !== undefined) return found;
  }
  return 'es';
}

/** The texts of one language. `{name}` in a text is the value of that name. */
export async function wordsOf(language: Language): Promise<Say> {
  const words = await load[language]();
  return (id, values = {}) =>
    words[id].replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));
}
