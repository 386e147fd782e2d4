import { type Language, languages } from '../../core/language.ts';
import { fold, tokenise } from './normalise.ts';
import { stopWordsOf } from './stopwords.ts';

/**
 * Guesses the language of a text among `among` by its function words and by letters that only one of them has.
 * Gives `fallback` when nothing tells them apart.
 */
export function detectLanguage(
  text: string,
  fallback: Language,
  among: readonly Language[] = languages,
): Language {
  if (among.length < 2) return among[0] ?? fallback;
  const words = tokenise(fold(text, 20_000));
  let best = fallback;
  let bestScore = among.includes(fallback) ? score(text, words, fallback) : -1;
  for (const language of among) {
    const value = score(text, words, language);
    if (value > bestScore) {
      best = language;
      bestScore = value;
    }
  }
  return best;
}

function score(text: string, words: readonly string[], language: Language): number {
  const stops = stopWordsOf(language);
  let hits = 0;
  for (const word of words) if (stops.has(word)) hits += 1;
  if (language === 'es' && /[ñ¿¡]/i.test(text)) hits += 2;
  if (language === 'pt' && /[ãõç]/i.test(text)) hits += 2;
  return hits;
}
