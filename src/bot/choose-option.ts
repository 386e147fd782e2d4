import type { Language } from '../core/language.ts';
import type { Option } from '../core/message.ts';
import { wordsOf } from './words/fold.ts';
import { stemsOf } from './words/stems.ts';

const ordinals: readonly (readonly string[])[] = [
  words('1 uno una primero primera primer one first um uma primeiro primeira'),
  words('2 dos segundo segunda two second dois duas'),
  words('3 tres tercero tercera tercer three third terceiro terceira'),
  words('4 cuatro cuarto cuarta four fourth quatro quarto quarta'),
  words('5 cinco quinto quinta five fifth'),
  words('6 seis sexto sexta six sixth'),
];
const last = words('ultimo ultima last');
const around = new Set(
  words(
    'la el los las lo opcion numero nro no la que es esta esa eso the option number one it s is a o as os opcao numero por favor please de',
  ),
);

/**
 * Which offered option a text names: by its number ("2"), its place ("la segunda") or its words; null when none.
 * @param options as they were offered, in order
 */
export function chooseOption(text: string, options: readonly Option[]): Option | null {
  if (options.length === 0 || text.length > 200) return null;
  const said = wordsOf(text);
  if (said.length === 0 || said.length > 14) return null;
  return byLabel(said, options) ?? byPlace(said, options);
}

function byLabel(said: readonly string[], options: readonly Option[]): Option | null {
  const line = said.join(' ');
  return options.find((option) => wordsOf(option.label).join(' ') === line) ?? null;
}

function byPlace(said: readonly string[], options: readonly Option[]): Option | null {
  const telling = said.filter((word) => !around.has(word));
  // "one" and "uno" are both a place and a filler: "the second one".
  const only = telling.length === 0 ? said.filter((word) => placeOf(word, options.length) !== null) : telling;
  if (only.length !== 1) return null;
  const place = placeOf(only[0] ?? '', options.length);
  return place === null ? null : (options[place] ?? null);
}

function placeOf(word: string, count: number): number | null {
  if (last.includes(word)) return count - 1;
  const place = ordinals.findIndex((names) => names.includes(word));
  return place >= 0 && place < count ? place : null;
}

/**
 * The one option whose label shares most with a short text ("lo de la impresora"); null when none does or several do.
 * @param language what the options are written in
 */
export function chooseByWords(text: string, options: readonly Option[], language: Language): Option | null {
  if (text.length > 200 || wordsOf(text).length > 8) return null;
  const meant = stemsOf(text, language);
  if (meant.size === 0) return null;
  const ranked = options
    .map((option) => {
      const stems = stemsOf(option.label, language);
      return { option, shared: [...meant].filter((stem) => stems.has(stem)).length };
    })
    .sort((a, b) => b.shared - a.shared);
  const [best, next] = ranked;
  if (best === undefined || best.shared * 2 < meant.size || best.shared === (next?.shared ?? 0)) return null;
  return best.option;
}

function words(list: string): string[] {
  return list.split(' ');
}
