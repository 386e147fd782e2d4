import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { wrongCodes } from '../../src/kb/fault.ts';

const folder = join(import.meta.dirname, '../../console');
const catalogues = ['messages', 'supervisor/words'];
const read = (catalogue: string, language: string) =>
  JSON.parse(readFileSync(join(folder, catalogue, `${language}.json`), 'utf8')) as Record<string, string>;

type Ast = ReturnType<IntlMessageFormat['getAst']>;

function argumentsOf(ast: Ast, found = new Set<string>()): Set<string> {
  for (const part of ast) {
    // 0 is plain words, 7 the number sign inside a plural.
    if (part.type !== 0 && part.type !== 7) found.add(part.value);
    if ('options' in part) for (const option of Object.values(part.options)) argumentsOf(option.value, found);
  }
  return found;
}

const namesIn = (text: string, language: string) =>
  [...argumentsOf(new IntlMessageFormat(text, language).getAst())].sort();

const each = catalogues.flatMap((catalogue) =>
  ['es', 'en', 'pt'].map((language) => [catalogue, language] as const),
);

test.each(each)('%s in %s: every text, none empty, each with the same values', (catalogue, language) => {
  const spanish = read(catalogue, 'es');
  const texts = read(catalogue, language);
  expect(Object.keys(texts)).toEqual(Object.keys(spanish));
  for (const [id, text] of Object.entries(texts)) {
    expect(text.trim(), id).not.toBe('');
    expect(namesIn(text, language), id).toEqual(namesIn(spanish[id] ?? '', 'es'));
  }
});

test('all that can be wrong with what people write is said', () => {
  const said = Object.keys(read('supervisor/words', 'es')).filter((id) => id.startsWith('wrong.'));
  expect(said.filter((id) => !id.startsWith('wrong.place.')).sort()).toEqual(
    wrongCodes.map((code) => `wrong.${code}`).sort(),
  );
});

test.each(catalogues)('%s: every text is used somewhere', (catalogue) => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/u.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
  const built = [
    ...[...sources.matchAll(/`([\w.]+\.)\$\{/gu)].map((match) => match[1] ?? ''),
    ...[...sources.matchAll(/useCodeWords\('([\w.]+)'/gu)].map((match) => `${match[1]}.`),
  ];
  const unused = Object.keys(read(catalogue, 'es')).filter(
    (id) => !sources.includes(`'${id}'`) && !built.some((prefix) => id.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
