import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

/** The words that a page shows, by their name in the catalogues of `console/messages` and `console/supervisor/words`. */
export type Words = (id: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Reads a language's catalogue.
 * @throws Error for a name that is not in it, when it is asked for
 */
export function wordsIn(language: 'es' | 'en' | 'pt'): Words {
  const folder = join(import.meta.dirname, '../../console');
  const paths = ['messages', 'supervisor/words'].map((catalogue) =>
    join(folder, catalogue, `${language}.json`),
  );
  const texts: Record<string, string> = Object.assign(
    {},
    ...paths.map((path) => JSON.parse(readFileSync(path, 'utf8'))),
  );
  return (id, values) => {
    const text = texts[id];
    if (text === undefined) throw new Error(`${language} has no text named ${id}`);
    return String(new IntlMessageFormat(text, language).format(values));
  };
}
