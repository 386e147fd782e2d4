import type { Language } from './language.ts';

const locales: Readonly<Record<Language, string>> = { es: 'es-419', en: 'en', pt: 'pt-BR' };

/** How a moment is told. */
export interface MomentStyle {
  readonly language: Language;
  /** An IANA zone. */
  readonly timeZone: string;
  /** Whether the zone is named: the reader could take it for another. */
  readonly nameZone: boolean;
}

/**
 * A moment as one says it: `el lunes a las 9:00`, `tomorrow at 9:00 AM`, `na sexta-feira, 25 de dezembro, às 9:00`. Pure.
 * @param at epoch milliseconds, after `now`
 */
export function momentWords(at: number, now: number, style: MomentStyle): string {
  const { language } = style;
  const zone = style.nameZone ? ` (${part(at, style, { timeZoneName: 'longGeneric' }, 'timeZoneName')})` : '';
  return (
    `${dayWords(at, now, style)} ${timeWords(at, style)}${zone}`.trim() ||
    new Date(at).toLocaleString(locales[language])
  );
}

/** A moment as short as a button needs it: `lun 5, 9:00`. Pure. */
export function momentLabel(at: number, style: MomentStyle): string {
  const day = format(at, style, { weekday: 'short', day: 'numeric' }).replace(/[.,]/gu, '');
  return `${day}, ${clockWords(at, style)}`;
}

function dayWords(at: number, now: number, style: MomentStyle): string {
  const { language } = style;
  const days = Math.round((dayOf(at, style) - dayOf(now, style)) / 86_400_000);
  const near = { es: ['hoy', 'mañana'], en: ['today', 'tomorrow'], pt: ['hoje', 'amanhã'] }[language][days];
  if (near !== undefined) return near;
  const weekday = part(at, style, { weekday: 'long' }, 'weekday');
  const date = days < 7 ? '' : format(at, style, { day: 'numeric', month: 'long' });
  switch (language) {
    case 'es':
      return `el ${weekday}${date === '' ? '' : ` ${date}`}`;
    case 'en':
      return `on ${weekday}${date === '' ? '' : `, ${date},`}`;
    case 'pt':
      return `${/^[sd]\p{L}*o$/u.test(weekday) ? 'no' : 'na'} ${weekday}${date === '' ? '' : `, ${date},`}`;
  }
}

function timeWords(at: number, style: MomentStyle): string {
  const time = clockWords(at, style);
  const one = /^1\D/u.test(time);
  switch (style.language) {
    case 'es':
      return `${one ? 'a la' : 'a las'} ${time}`;
    case 'en':
      return `at ${time}`;
    case 'pt':
      return `${one ? 'à' : 'às'} ${time}`;
  }
}

/** Twelve hours in English, twenty-four without a leading zero elsewhere. */
function clockWords(at: number, style: MomentStyle): string {
  if (style.language === 'en')
    return format(at, style, { hour: 'numeric', minute: '2-digit' }).replaceAll('\u202f', ' ');
  const hour = Number(part(at, style, { hour: '2-digit', hourCycle: 'h23' }, 'hour'));
  const minute = part(at, style, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, 'minute');
  return `${hour}:${minute}`;
}

/** The day on the wall as midnight UTC. */
function dayOf(at: number, { timeZone }: MomentStyle): number {
  const date = formatter('en-CA', { timeZone, dateStyle: 'short' }).format(at);
  return Date.parse(`${date}T00:00:00Z`);
}

function format(
  at: number,
  { language, timeZone }: MomentStyle,
  options: Intl.DateTimeFormatOptions,
): string {
  return formatter(locales[language], { timeZone, ...options }).format(at);
}

function part(
  at: number,
  { language, timeZone }: MomentStyle,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
): string {
  const parts = formatter(locales[language], { timeZone, ...options }).formatToParts(at);
  return parts.find((one) => one.type === type)?.value ?? '';
}

/** Making one takes a thousand times as long as using it; there are as many as languages, zones and ways to write. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}
