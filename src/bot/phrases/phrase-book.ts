import type { PhraseBook } from '../../kb/phrase-book.ts';
import { allPhraseKeys, faultOfPhrase, valuesOfPhrase } from './own-phrases.ts';
import { catalogues } from './say.ts';

/** All that can be said in other words. */
export const phraseBook: PhraseBook = {
  keys: allPhraseKeys,
  textOf: (language, key) => {
    const known = allPhraseKeys.find((one) => one === key);
    return known === undefined ? '' : catalogues[language][known];
  },
  valuesOf: (language, key) => {
    const known = allPhraseKeys.find((one) => one === key);
    return known === undefined ? [] : valuesOfPhrase(language, known);
  },
  faultOf: faultOfPhrase,
};
