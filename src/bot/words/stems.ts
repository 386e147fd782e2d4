import { LRUCache } from 'lru-cache';
import { newStemmer, type Stemmer } from 'snowball-stemmers';
import type { Language } from '../../core/language.ts';
import { wordsOf } from './fold.ts';

const names: Record<Language, string> = { es: 'spanish', en: 'english', pt: 'portuguese' };
const stemmers = new Map<Language, Stemmer>();
// Stemming costs more than anything else that is done with a word, and a base has some thousands of them.
const known = new LRUCache<string, string>({ max: 20_000 });

/** Words that say nothing about what a question is about. */
const empty: Record<Language, ReadonlySet<string>> = {
  es: new Set(
    `a al algo ante aun bien con como cual cuando de del desde donde el ella ello en era es esa ese eso esta este esto
    estoy fue ha hace hacer hay he hola la las le lo los me mi mis mucho muy nada ni no nos o para pero por porque que
    quiero puedo se ser si sigue sin sobre solo son soy su sus te tengo tiene todavia todo tu un una uno unos va y ya yo
    q xq k xfa porfa favor gracias hoy ahora ayuda necesito`.split(/\s+/u),
  ),
  en: new Set(
    `a about again all am an and any are as at be been but by can cannot could did do does doesn don for from get got had
    has have hello help hi how i if in is isn it its just m me my need no not now of on or please re s so still t thanks
    that the there they this to up ve want was we what when where which who why will with won would you your`.split(
      /\s+/u,
    ),
  ),
  pt: new Set(
    `a ainda ao aos as com como da das de do dos e ela ele em era essa esse esta este estou eu foi ha isso isto ja la
    mais mas me meu meus minha minhas muito na nada nao nas no nos o oi ola onde os ou para pelo pela por porque posso
    pra preciso quando quais qual que quero se sem ser so sobre sou sua suas seu seus tem tenho todo tudo um uma vc voce
    agora ajuda favor obrigado obrigada`.split(/\s+/u),
  ),
};

/** What is read of a text, in characters: whoever writes more has said what it is about. */
const longestRead = 1_000;
/** No word is longer; a longer run of letters has no stem. */
const longestWord = 40;

/** The stems of the words that carry meaning, each once. @param language what the text is written in */
export function stemsOf(text: string, language: Language): Set<string> {
  const skip = empty[language];
  const stems = new Set<string>();
  for (const word of wordsOf(text.slice(0, longestRead))) {
    if (!skip.has(word) && word.length <= longestWord) stems.add(stemOf(word, language));
  }
  return stems;
}

function stemOf(word: string, language: Language): string {
  const key = `${language}${word}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const stem = stemmerOf(language).stem(word);
  known.set(key, stem);
  return stem;
}

/**
 * Whether two questions are the same one in other words: they share nearly all their stems.
 * Two texts without any meaning-bearing word are never the same.
 */
export function sameQuestion(a: string, b: string, language: Language): boolean {
  const first = stemsOf(a, language);
  const second = stemsOf(b, language);
  if (first.size === 0 || second.size === 0) return false;
  let shared = 0;
  for (const stem of first) if (second.has(stem)) shared += 1;
  return shared / (first.size + second.size - shared) >= 0.75;
}

function stemmerOf(language: Language): Stemmer {
  const ready = stemmers.get(language);
  if (ready !== undefined) return ready;
  const made = newStemmer(names[language]);
  stemmers.set(language, made);
  return made;
}
