import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../console/video');
const read = (language: string) =>
  JSON.parse(readFileSync(join(folder, 'words', `${language}.json`), 'utf8')) as Record<string, string>;
const spanish = read('es');
const valuesIn = (text = '') => (text.match(/\{\w+\}/gu) ?? []).toSorted();

test.each(['es', 'en', 'pt'])('%s has every text, none empty, each with the same values', (language) => {
  const texts = read(language);
  expect(Object.keys(texts)).toEqual(Object.keys(spanish));
  for (const [id, text] of Object.entries(texts)) {
    expect(text.trim(), id).not.toBe('');
    expect(valuesIn(text), id).toEqual(valuesIn(spanish[id]));
  }
});

test('every text is used somewhere', () => {
  const sources = readdirSync(folder)
    .filter((path) => /\.tsx?$/u.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
  const built = [...sources.matchAll(/`([\w.]+\.?)\$\{/gu)].map((match) => match[1] ?? '');
  const unused = Object.keys(spanish).filter(
    (id) => !sources.includes(`'${id}'`) && !built.some((prefix) => id.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
