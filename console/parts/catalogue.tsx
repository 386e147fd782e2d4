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

// The return types make a missing text a type error.
const load: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  es: async () => (await import('../messages/es.json')).default,
  en: async () => (await import('../messages/en.json')).default,
  pt: async () => (await import('../messages/pt.json')).default,
};

/** Everything inside speaks the chosen language; nothing is shown before its texts are there. */
export function CatalogueProvider({ children }: { readonly children: ReactNode }) {
  const { language } = usePreferences();
  const [loaded, setLoaded] = useState<{ language: Language; texts: Catalogue } | null>(null);
  useEffect(() => {
    let wanted = true;
    void load[language]().then((texts) => {
      if (!wanted) return;
      document.documentElement.lang = language;
      setLoaded({ language, texts });
    });
    return () => {
      wanted = false;
    };
  }, [language]);
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
