import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

/** The words that a page shows, by their name in the catalogues of `console/messages`. */
export type Words = (id: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Reads a language's catalogue.
 * @throws Error for a name that is not in it, when it is asked for
 */
export function wordsIn(language: 'es' | 'en' | 'pt'): Words {
  const path = join(import.meta.dirname, '../../console/messages', `${language}.json`);
  const texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  return (id, values) => {
    const text = texts[id];
    if (text === undefined) throw new Error(`${path} has no text named ${id}`);
    return String(new IntlMessageFormat(text, language).format(values));
  };
}
