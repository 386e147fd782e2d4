import { useIntl } from 'react-intl';
import type { MessageId, Texts, Values } from '../parts/catalogue.tsx';
import type { Language } from '../parts/preferences.ts';
import type spanish from './words/es.json';

/** The name of a text that these pages have, their own or one they share with the desk. */
export type WordId = keyof typeof spanish | MessageId;

/** Puts a text into the reader's language. */
export type Tell = (id: WordId, values?: Values) => string;

/** The supervisors' own texts, which other pages need not load. The types make a missing text an error. */
export const supervisorTexts: Readonly<Record<Language, () => Promise<Texts & typeof spanish>>> = {
  es: async () => (await import('./words/es.json')).default,
  en: async () => (await import('./words/en.json')).default,
  pt: async () => (await import('./words/pt.json')).default,
};

/** What codes of the server are called, by texts that begin with `prefix`; one without a text is called as it is. */
export function useCodeWords(prefix: string): (code: string) => string {
  const { messages, formatMessage } = useIntl();
  return (code) => {
    const id = `${prefix}.${code}`;
    return id in messages ? formatMessage({ id }) : code;
  };
}

/** The texts of the reader's language. */
export function useTell(): Tell {
  const intl = useIntl();
  return (id, values) => intl.formatMessage({ id }, values);
}
