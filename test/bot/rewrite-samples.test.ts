import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkedRewrite, type Original } from '../../src/bot/rewrite-check.ts';
import { type Language, languages } from '../../src/core/language.ts';
import { stopWordsOf } from '../../src/kb/engine/stopwords.ts';
import { readWords } from '../../src/kb/engine/words.ts';

const words = { readWords, stopWords: stopWordsOf };
const samples = join(import.meta.dirname, '../../samples/kb');

/** Every wording of every article of the sample base. */
const originals: Original[] = languages.flatMap((folder) =>
  readdirSync(join(samples, folder)).flatMap((file) => {
    const [, head = '', ...body] = readFileSync(join(samples, folder, file), 'utf8').split(/^---$/mu);
    const language = (/language: (\w+)/u.exec(head)?.[1] ?? folder) as Language;
    const title = /title: (.*)/u.exec(head)?.[1] ?? '';
    const passages = body.join('---').split(/\n## \w+\n/u);
    return passages.map((passage) => ({ passage: passage.trim(), title, language, customerName: null }));
  }),
);

const added: Record<Language, string> = {
  es: 'Después formatea el disco y llama a un técnico.',
  en: 'Then format the disk and call a technician.',
  pt: 'Depois formate o disco e chame um técnico.',
};
const denial: Record<Language, RegExp> = {
  es: /\b(?:no|nunca|sin) /iu,
  en: /\b(?:do not|not|never|without|no) /iu,
  pt: /(?<!\p{L})(?:não|nunca|sem) /iu,
};
const denied: Record<Language, string> = { es: 'No', en: 'Do not', pt: 'Não' };

/** What a model may do to an article, by name. It gives the article itself where it cannot be done. */
const faults: Readonly<Record<string, (original: Original) => string>> = {
  'a denial left out': ({ passage, language }) => passage.replace(denial[language], ''),
  'a step denied': ({ passage, language }) => passage.replace(/^1\. (?=\p{L})/mu, `1. ${denied[language]} `),
  'a number changed': ({ passage }) =>
    passage.replace(/(?<![\d.])\d+(?= \p{L})/u, (number) => String(Number(number) + 1)),
  'two steps swapped': ({ passage }) => passage.replace(/^1\. (.*)\n2\. (.*)$/mu, '1. $2\n2. $1'),
  'a step left out': ({ passage }) => passage.replace(/^2\. .*\n/mu, ''),
  'a sentence of its own': ({ passage, language }) => `${passage}\n\n${added[language]}`,
  'a link elsewhere': ({ passage }) => passage.replace(/\p{L}{5,}/u, '[$&](https://evil.example/x)'),
};

describe('the sample base, said by a model', () => {
  it('as it is written is nearly always let through', () => {
    expect(originals.length).toBeGreaterThan(200);
    const through = originals.filter((one) => checkedRewrite(one, one.passage, words) !== null);
    expect(through.length / originals.length).toBeGreaterThan(0.98);
  });

  it.each(Object.keys(faults))('with %s is never let through, but for one in fifty', (name) => {
    const tried = originals.flatMap((original, at) => {
      if (at % 3 !== 0) return [];
      const changed = faults[name]?.(original) ?? original.passage;
      return changed === original.passage ? [] : [{ original, changed }];
    });
    const through = tried.filter(({ original, changed }) => {
      const checked = checkedRewrite(original, changed, words);
      return (
        checked !== null && checked === checkedRewrite({ ...original, passage: changed }, changed, words)
      );
    });
    expect(tried.length).toBeGreaterThan(30);
    expect(through.length / tried.length).toBeLessThan(0.02);
  });
});

it('a number at the end of a sentence is the same number', () => {
  const original = { passage: 'El código es 4711.', title: '', language: 'es', customerName: null } as const;
  expect(checkedRewrite(original, 'Es 4711 el código.', words)).toBe('Es 4711 el código.');
  expect(checkedRewrite(original, 'El código es 4712.', words)).toBeNull();
  expect(checkedRewrite(original, 'El código es 4711. El código es 4712.', words)).toBeNull();
});
