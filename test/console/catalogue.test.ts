import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../console');
const read = (language: string) =>
  JSON.parse(readFileSync(join(folder, 'messages', `${language}.json`), 'utf8')) as Record<string, string>;
const spanish = read('es');

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

test.each(['es', 'en', 'pt'])('%s has every text, none empty, each with the same values', (language) => {
  const texts = read(language);
  expect(Object.keys(texts)).toEqual(Object.keys(spanish));
  for (const [id, text] of Object.entries(texts)) {
    expect(text.trim(), id).not.toBe('');
    expect(namesIn(text, language), id).toEqual(namesIn(spanish[id] ?? '', 'es'));
  }
});

test('every text is used somewhere', () => {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/u.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
  const built = [...sources.matchAll(/`([\w.]+\.)\$\{/gu)].map((match) => match[1] ?? '');
  const unused = Object.keys(spanish).filter(
    (id) => !sources.includes(`'${id}'`) && !built.some((prefix) => id.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
