/** The languages Relevo speaks to customers and agents, as ISO 639-1 codes. */
export const languages = ['es', 'en', 'pt'] as const;

/** One of the languages Relevo speaks. */
export type Language = (typeof languages)[number];

/** Whether `value` is a language Relevo speaks. */
export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}
