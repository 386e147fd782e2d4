import type { Language } from '../../core/language.ts';
import { englishBackground } from './background-en.ts';
import { spanishBackground } from './background-es.ts';
import { portugueseBackground } from './background-pt.ts';

const texts: Record<Language, string> = {
  es: spanishBackground,
  en: englishBackground,
  pt: portugueseBackground,
};

/** Questions from outside any base, as examples of what is to be handed over. */
export function backgroundOf(language: Language): string[] {
  return texts[language].trim().split('\n');
}
