import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../../core/language.ts';
import type { OwnPhrases, PhraseKey, PhraseValues, Say } from '../../core/phrase.ts';
import type { BotPhraseKey, Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { pt } from './pt.ts';

/** Puts what the bot says, or Relevo itself, into words. @returns never empty */
export type BotSay = (language: Language, key: PhraseKey | BotPhraseKey, values?: PhraseValues) => string;

/** What is said in each language, where nobody has other words. */
export const catalogues: Record<Language, Catalogue> = { es, en, pt };
/** Whose plurals and numbers each language has. */
export const locales: Record<Language, string> = { es: 'es-419', en: 'en', pt: 'pt-BR' };

/**
 * What Relevo tells customers and what its bot says. Messages are compiled when first said.
 * @param own a company's name and its own words for some phrases; absent: the catalogue's, and no name
 * @returns throws FormatError when a value that the message mentions is missing
 */
export function createBotSay(own: { company?: string; phrases?: OwnPhrases } = {}): BotSay {
  const { company = 'none', phrases = {} } = own;
  const compiled = new Map<string, IntlMessageFormat>();
  return (language, key, values = {}) => {
    const name = `${language}/${key}`;
    let message = compiled.get(name);
    if (message === undefined) {
      const text = phrases[language]?.[key] ?? catalogues[language][key];
      message = new IntlMessageFormat(text, locales[language], undefined, { ignoreTag: true });
      compiled.set(name, message);
    }
    return String(message.format({ company, ...values }));
  };
}

/** What Relevo itself tells customers when a conversation changes hands. */
export function createSay(): Say {
  return createBotSay();
}
