import type { Language } from '../core/language.ts';

/** Reads a text as the knowledge base does: folded words, a stem for each. */
export type ReadWords = (
  text: string,
  language: Language,
) => { readonly words: readonly string[]; readonly stems: readonly string[] };

/** What the check of a rewritten answer knows of a language; all words are folded. */
export interface RewriteWords {
  /** They deny the word that follows them. */
  readonly negators: ReadonlySet<string>;
  /** They begin a clause of its own, which a denial before them does not reach. */
  readonly joins: ReadonlySet<string>;
  /** Function words that change what a sentence says, and must be in the passage like any other word. */
  readonly telling: ReadonlySet<string>;
  /** Words that only lead from one sentence to the next. */
  readonly free: ReadonlySet<string>;
  /** Words for numbers. */
  readonly numbers: ReadonlySet<string>;
  /** Pairs of which one must not stand for the other. */
  readonly opposites: ReadonlyMap<string, string>;
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/u));
}

function pairs(words: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const pair of words.trim().split(/\s+/u)) {
    const [one = '', other = ''] = pair.split('/');
    map.set(one, other);
    map.set(other, one);
  }
  return map;
}

/** By language. */
export const rewriteWords: Readonly<Record<Language, RewriteWords>> = {
  es: {
    negators: setOf('no nunca jamas ni sin tampoco nadie nada ningun ninguna ninguno'),
    joins: setOf('y e pero mientras si cuando hasta porque aunque sino sin'),
    telling:
      setOf(`solo solamente unicamente siempre todo todos toda todas cada algun alguna algunos algunas mas menos
      mucho muchos poco antes despues salvo excepto obligatorio debe debes deben deber`),
    free: setOf('primero luego entonces ademas finalmente simplemente facilmente asi'),
    numbers:
      setOf(`un una uno dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta
      sesenta noventa cien ciento mil millon medio media`),
    opposites: pairs('con/sin antes/despues mas/menos sobre/bajo dentro/fuera arriba/abajo desde/hasta'),
  },
  en: {
    negators: setOf('not no never none nor neither without cannot nothing nobody'),
    joins: setOf('and but while if when until because although unless with without'),
    telling:
      setOf(`only always every all each any some more less most few many must shall should before after unless except
      once again same both`),
    free: setOf('first then next also finally simply just easily so now'),
    numbers:
      setOf(`a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty
      ninety hundred thousand million half`),
    opposites: pairs(
      'on/off with/without before/after more/less up/down in/out over/under above/below from/until',
    ),
  },
  pt: {
    negators: setOf('nao nunca jamais nem sem tampouco ninguem nada nenhum nenhuma'),
    joins: setOf('e mas enquanto se quando ate porque embora senao sem'),
    telling:
      setOf(`so somente apenas sempre todo todos toda todas tudo cada algum alguma alguns algumas mais menos muito muitos
      pouco antes depois exceto salvo deve devem dever`),
    free: setOf('primeiro entao alem finalmente simplesmente facilmente assim'),
    numbers:
      setOf(`um uma dois duas tres quatro cinco seis sete oito nove dez onze doze quinze vinte trinta quarenta cinquenta
      sessenta noventa cem cento mil milhao meio meia`),
    opposites: pairs('com/sem antes/depois mais/menos sobre/sob dentro/fora acima/abaixo desde/ate'),
  },
};
