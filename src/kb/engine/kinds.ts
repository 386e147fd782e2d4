import type { Language } from '../../core/language.ts';
import { stem } from './stem.ts';
import type { Words } from './words.ts';

/** Kinds of word that stand in for one another in a question: any weekday, any currency. General knowledge, folded. */
const table: Record<Language, Readonly<Record<string, string>>> = {
  es: {
    day: 'lunes martes miercoles jueves viernes sabado domingo hoy manana ayer anteayer finde',
    month:
      'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre',
    daytime: 'am pm mediodia medianoche madrugada tarde noche hora horas minuto minutos segundo segundos',
    number:
      'un uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta cincuenta cien mil',
    span: 'semana semanas mes meses dia dias ano anos quincena',
    family:
      'madre padre mama papa hermano hermana hijo hija abuelo abuela tio tia primo prima esposo esposa marido mujer novio novia sobrino sobrina',
    color: 'rojo azul verde amarillo negro blanco gris rosa naranja morado violeta marron',
    currency: 'euro euros dolar dolares peso pesos libra libras yen yenes real reales sol soles',
    country:
      'espana mexico argentina colombia chile peru francia italia alemania portugal brasil inglaterra china japon eeuu europa america',
    drink: 'agua cafe te vino cerveza leche zumo jugo',
    food: 'pizza pan carne pollo arroz pasta ensalada pescado sopa tortilla hamburguesa',
    insult:
      'tonto estupido idiota imbecil bobo necio inutil feo asco mierda tarado pelotudo boludo gilipollas',
  },
  en: {
    day: 'monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight weekend',
    month: 'january february march april may june july august september october november december',
    daytime: 'am pm noon midnight morning afternoon evening night hour minute second oclock',
    number:
      'one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty hundred thousand',
    span: 'week month day year fortnight',
    family:
      'mother father mom dad mum brother sister son daughter grandmother grandfather uncle aunt cousin wife husband girlfriend boyfriend',
    color: 'red blue green yellow black white gray grey pink orange purple brown',
    currency: 'dollar euro pound yen peso rupee franc yuan usd eur gbp aud',
    country:
      'spain mexico france italy germany portugal brazil england uk britain china japan usa us america europe canada australia india russia',
    city: 'london paris york chicago boston dallas denver seattle miami houston atlanta berlin madrid rome tokyo vegas angeles francisco orleans',
    drink: 'water coffee tea wine beer milk juice soda',
    food: 'pizza bread meat chicken rice pasta salad fish soup sandwich burger cheese steak taco egg beans lasagna',
    insult: 'stupid idiot dumb fool moron useless ugly suck shit crap bastard jerk',
  },
  pt: {
    day: 'segunda terca quarta quinta sexta sabado domingo hoje amanha ontem',
    month: 'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
    daytime: 'meia madrugada manha tarde noite hora horas minuto minutos segundo segundos',
    number:
      'um uma dois duas tres quatro cinco seis sete oito nove dez onze doze treze quinze vinte trinta quarenta cinquenta cem mil',
    span: 'semana semanas mes meses dia dias ano anos quinzena',
    family:
      'mae pai irmao irma filho filha avo tio tia primo prima esposo esposa marido mulher namorado namorada sobrinho sobrinha',
    color: 'vermelho azul verde amarelo preto branco cinza rosa laranja roxo marrom',
    currency: 'euro euros dolar dolares peso pesos libra libras iene real reais',
    country:
      'espanha mexico argentina colombia chile peru franca italia alemanha portugal brasil inglaterra china japao eua europa america',
    drink: 'agua cafe cha vinho cerveja leite suco sumo',
    food: 'pizza pao carne frango arroz massa salada peixe sopa hamburguer',
    insult: 'burro estupido idiota imbecil bobo inutil feio merda babaca otario',
  },
};

const maps = new Map<Language, ReadonlyMap<string, string>>();

function mapOf(language: Language): ReadonlyMap<string, string> {
  const known = maps.get(language);
  if (known) return known;
  const map = new Map<string, string>();
  for (const [kind, words] of Object.entries(table[language]))
    for (const word of words.split(' ')) map.set(stem(word, language), `#${kind}`);
  maps.set(language, map);
  return map;
}

const digits = /^\p{N}+$/u;

/** The names of the kinds that the words of a text are of; digits are a number. */
export function kindsOf(text: Pick<Words, 'stems'>, language: Language): string[] {
  const map = mapOf(language);
  const kinds: string[] = [];
  for (const word of text.stems) {
    const kind = digits.test(word) ? '#number' : map.get(word);
    if (kind !== undefined) kinds.push(kind);
  }
  return kinds;
}
