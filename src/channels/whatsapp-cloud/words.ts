import type { Language } from '../../core/language.ts';

/** What only this channel says. */
interface Words {
  /** On the button that opens a list: at most 20 characters. */
  readonly openList: string;
  /** Above options that come without words of their own. */
  readonly choose: string;
  /** Before the titles of the articles an answer is from. */
  readonly source: string;
}

/** The channel's own words by language. */
export const words: Readonly<Record<Language, Words>> = {
  es: { openList: 'Ver opciones', choose: 'Elige una opción:', source: 'Fuente' },
  en: { openList: 'See options', choose: 'Choose an option:', source: 'Source' },
  pt: { openList: 'Ver opções', choose: 'Escolha uma opção:', source: 'Fonte' },
};
