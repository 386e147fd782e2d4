import { type ReactNode, useEffect, useState } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import type spanish from '../messages/es.json';
import { type Language, usePreferences } from './preferences.ts';

/** The name of a text in the catalogues. */
export type MessageId = keyof typeof spanish;
/** What a text mentions. */
export type Values = Readonly<Record<string, string | number | Date>>;
/** Puts a text of the catalogue into the reader's language. */
export type Say = (id: MessageId, values?: Values) => string;

type Catalogue = Readonly<Record<MessageId, string>>;

/** Texts of some pages alone, by name. */
export type Texts = Readonly<Record<string, string>>;

// The return types make a missing text a type error.
const load: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  es: async () => (await import('../messages/es.json')).default,
  en: async () => (await import('../messages/en.json')).default,
  pt: async () => (await import('../messages/pt.json')).default,
};

/** What speaks the chosen language. */
export interface CatalogueProviderProps {
  /** Texts of these pages alone, beside those that all have. */
  readonly also?: Readonly<Record<Language, () => Promise<Texts>>>;
  readonly children: ReactNode;
}

/** Everything inside speaks the chosen language; nothing is shown before its texts are there. */
export function CatalogueProvider({ also, children }: CatalogueProviderProps) {
  const { language } = usePreferences();
  const [loaded, setLoaded] = useState<{ language: Language; texts: Texts } | null>(null);
  useEffect(() => {
    let wanted = true;
    void Promise.all([load[language](), also?.[language]()]).then(([texts, others]) => {
      if (!wanted) return;
      document.documentElement.lang = language;
      setLoaded({ language, texts: { ...texts, ...others } });
    });
    return () => {
      wanted = false;
    };
  }, [language, also]);
  if (loaded === null) return null;
  return (
    <IntlProvider locale={loaded.language} messages={loaded.texts}>
      {children}
    </IntlProvider>
  );
}

/** The texts of the reader's language. */
export function useSay(): Say {
  const intl = useIntl();
  return (id, values) => intl.formatMessage({ id }, values);
}
