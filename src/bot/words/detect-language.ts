import { type Language, languages } from '../../core/language.ts';
import { wordsOf } from './fold.ts';

/** How sure the words must be before the language changes: one telling word, or two frequent ones. */
const enough = 2;
/** What a longer text adds nothing to. */
const wordsRead = 400;

/** Words that only one of the languages has, so that one is enough. */
const telling: Record<Language, ReadonlySet<string>> = {
  es: setOf(
    `hola gracias ayuda ayudame buenas buenos dias tardes noches quiero quisiera tengo tienes tiene puedo puedes puede pueden
    necesito funciona anda impresora contrasena computadora ordenador celular correo pantalla yo usted ustedes vos tenes
    podes querria hablar conmigo muy pero porque aqui alla donde cuando hoy ayer manana adios chau che sirvio sigue igual
    estoy esta soy sos eres el la lo los las le les del un una unos unas otro otra hay ya mi mis su sus al y con xq ahorita
    tambien hacer algo nada entiendo que como cual quien para por se me te sin desde hasta mas este eso ese cada todo dice
    sale pide aparece conecta ver veo ven dos despues antes compu prende abro abrir paso da ande mejor dia vez hago llega
    no cuesta o es en`,
  ),
  en: setOf(
    `hello hi hey thanks thank please help the what why how when where which is are am was were my your you it its not
    isn doesn don won cannot can want need have has does did this that there they and or of with from work works working
    still again someone talk speak yes good morning afternoon evening bye in at on for be by if we he she him her them
    their get got take takes new up out off all any some after before back more than while who says said keeps set been
    into over only forever i to an but so do too until will would should could about no me screen turn won`,
  ),
  pt: setOf(
    `ola oi obrigado obrigada ajuda ajudar bom boa dia tarde noite quero queria tenho tem preciso nao voce voces meu minha
    meus minhas impressora senha computador celular tela eu isso um uma com sem muito mas aqui onde quando hoje ontem
    tchau falar pessoa atendente consigo consegue esta estou sou nem ainda tambem fazer algo ja o os as nos dos das do da
    ao na nas no em pra vc vcs tb pq sim funciona funcionou entendi que como qual quais quem para por pelo pela se me te
    mais esse essa este ele ela dele dela sao foi vou vai estava alguem ninguem falou tudo parou caiu depois so dizem
    sumiu atendimento abri mudar trocar ligar desligar e`,
  ),
};

const spelling: Record<Language, RegExp> = {
  es: /[ñ¿¡]|ción(?![\p{L}])/iu,
  en: /n['’]t(?![\p{L}])|(?<![\p{L}])I['’]m(?![\p{L}])/iu,
  pt: /[ãõçâêôà]/iu,
};

/**
 * The language of a text by its frequent words and its spelling.
 * @param previous kept when nothing speaks clearly for another ("wifi", "ok")
 */
export function detectLanguage(text: string, previous: Language): Language {
  const words = wordsOf(text).slice(0, wordsRead);
  let best = previous;
  let bestScore = score(text, words, previous) + enough - 1;
  for (const language of languages) {
    if (language === previous) continue;
    const found = score(text, words, language);
    if (found > bestScore) {
      best = language;
      bestScore = found;
    }
  }
  return best;
}

/** A word that another language has too counts half. */
function score(text: string, words: readonly string[], language: Language): number {
  const own = telling[language];
  let sum = spelling[language].test(text.slice(0, 2_000)) ? 2 : 0;
  for (const word of words) {
    if (!own.has(word)) continue;
    const shared = languages.some((other) => other !== language && telling[other].has(word));
    sum += shared ? 1 : 2;
  }
  return sum;
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
