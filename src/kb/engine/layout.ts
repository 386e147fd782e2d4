import type { Language } from '../../core/language.ts';

/** What the Latin keyboard has where the Russian one has these letters; ж stands where Spanish and Portuguese have ñ and ç. */
const russian = 'йцукенгшщзфывапролдячсмить';
const latin = 'qwertyuiopasdfghjklzxcvbnm';
const keys = new Map([...russian].map((letter, at) => [letter, latin[at] ?? '']));
const besideL: Record<Language, string> = { es: 'ñ', en: ';', pt: 'ç' };

const cyrillic = /\p{Script=Cyrillic}/u;
const latinLetter = /\p{Script=Latin}/u;
/** On the English keyboard: a semicolon where ñ and ç are, an apostrophe for the accent of the next vowel. */
const semicolon = /(\p{L});(?=\p{L})/gu;
const accent = /(?<=\p{L})'([aeiou])(?=\p{L})/giu;

/**
 * Puts back what was typed on another keyboard's layout: a text in Cyrillic alone becomes the Latin letters of the
 * same keys ("ьш зувшвщ" is "mi pedido"), and in Spanish and Portuguese "contrase;a" becomes "contraseña".
 */
export function fromOtherLayout(text: string, language: Language): string {
  if (cyrillic.test(text) && !latinLetter.test(text)) {
    return text
      .toLowerCase()
      .replace(/ж/gu, besideL[language])
      .replace(/\p{L}/gu, (letter) => keys.get(letter) ?? letter);
  }
  if (language === 'en') return text;
  const whole = text.replace(semicolon, `$1${besideL[language]}`);
  return language === 'es' ? whole.replace(accent, '$1') : whole;
}
