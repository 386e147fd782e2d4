import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/core/article.ts';
import { formatArticle, parseArticleFile } from '../../src/kb/article-file.ts';
import { showFault } from '../../src/kb/fault.ts';
import { articleOf } from './memory-bases.ts';

const good = `---
id: internet-lento
language: es
title: Internet lento
examples:
  - mi internet va lento
  - la red anda 100 veces más lenta
tags: [internet, 5G, no, "2024"]
---
Reinicia el router.

1. Apágalo.
2. Enciéndelo: <https://example.com> lo explica.

## simple
Apaga y enciende.

## technical
Mide con **iperf3** si x < 10.
`;

function faultsOf(text: string): string[] {
  const parsed = parseArticleFile(text, 'kb/es/x.md');
  return 'faults' in parsed ? parsed.faults.map(showFault) : [];
}

function articleIn(text: string): Article {
  const parsed = parseArticleFile(text, 'kb/es/x.md');
  if ('faults' in parsed) throw new Error(parsed.faults.map(showFault).join('\n'));
  return parsed.article;
}

/** The good file with one piece of it replaced. */
const but = (from: string, to: string): string => good.replace(from, to);

describe('an article file', () => {
  it('is read into an article, every scalar as the text it is', () => {
    expect(articleIn(good)).toEqual({
      id: 'internet-lento',
      language: 'es',
      title: 'Internet lento',
      examples: ['mi internet va lento', 'la red anda 100 veces más lenta'],
      tags: ['internet', '5G', 'no', '2024'],
      answer: 'Reinicia el router.\n\n1. Apágalo.\n2. Enciéndelo: <https://example.com> lo explica.',
      simple: 'Apaga y enciende.',
      technical: 'Mide con **iperf3** si x < 10.',
    });
  });

  it('may have Windows line ends and a byte order mark', () => {
    expect(articleIn(`\uFEFF${good.replaceAll('\n', '\r\n')}`)).toEqual(articleIn(good));
  });

  it('needs no example questions and no tags', () => {
    const article = articleIn('---\nid: a\nlanguage: en\ntitle: A\nexamples:\n---\nB\n');
    expect(article).toEqual({ id: 'a', language: 'en', title: 'A', examples: [], tags: [], answer: 'B' });
  });

  it.each([
    ['no front matter', 'Hola', 'line 1: expected front matter'],
    ['front matter without an end', '---\nid: a\n', 'line 1: the front matter never ends'],
    ['broken YAML', but('title: Internet', 'title: "Internet'), 'the front matter is not YAML'],
    ['a list as front matter', '---\n- a\n---\nB', 'line 2: the front matter has no keys'],
    [
      'a YAML bomb',
      '---\nid: &a [x, x]\ntitle: [*a, *a]\n---\nB',
      'line 2: the front matter has YAML aliases',
    ],
    [
      'a key twice',
      but('language: es', 'language: es\nlanguage: es'),
      'line 4: the front matter is not YAML: Map keys must be unique',
    ],
    ['an unknown key', but('tags:', 'tagz:'), 'line 8: unknown key "tagz": expected one of id, language'],
    [
      'a key that is a section',
      but('tags:', 'simple: x\ntags:'),
      'line 8: unknown key "simple": expected it below',
    ],
    ['a dangerous key', but('tags:', '__proto__: x\ntags:'), 'line 8: unknown key "__proto__"'],
    ['no id', but('id: internet-lento\n', ''), 'line 1: id: is missing'],
    [
      'a bad id',
      but('id: internet-lento', 'id: ../Passwd'),
      'line 2: id: expected lower-case words joined by hyphens',
    ],
    ['a long id', but('id: internet-lento', `id: ${'a'.repeat(81)}`), 'line 2: id: is too long'],
    [
      'another language',
      but('language: es', 'language: fr'),
      'line 3: language: "fr" is not a language of Relevo: expected one of es, en, pt',
    ],
    ['no title', but('title: Internet lento\n', ''), 'line 1: title: expected text'],
    ['an empty title', but('title: Internet lento', 'title: "  "'), 'line 4: title: is empty'],
    [
      'a long title',
      but('title: Internet', `title: ${'a'.repeat(201)}`),
      'line 4: title: has 207 characters: expected at most 200',
    ],
    ['a blank example', but('  - mi internet va lento', '  - ""'), 'line 6: examples 1: is empty'],
    ['a long example', but('  - la red', `  - ${'a'.repeat(501)}`), 'line 7: examples 2: has'],
    [
      'many examples',
      but('  - mi internet va lento\n', '  - a\n'.repeat(501)),
      'line 5: examples: has 502 entries: expected at most 500',
    ],
    ['examples that are no list', but('examples:', 'examples: x\nold:'), 'line 5: examples: expected a list'],
    [
      'many tags',
      but('[internet', `[${'a, '.repeat(30)}internet`),
      'line 8: tags: has 34 entries: expected at most 30',
    ],
    ['no answer', but(/Reinicia[\s\S]*explica\.\n/u.exec(good)?.[0] ?? '', ''), 'line 10: answer: is empty'],
    ['a long answer', but('Reinicia', 'a'.repeat(20_001)), 'line 10: answer: has'],
    ['an empty section', but('Apaga y enciende.', ''), 'line 15: simple: is empty'],
    ['a section twice', but('## technical', '## simple'), 'line 18: "## simple" is there twice'],
    [
      'another heading',
      but('1. Apágalo.', '### Pasos'),
      'line 12: answer: only the headings "## simple" and "## technical" are allowed',
    ],
    ['HTML', but('1. Apágalo.', '<b>Apágalo</b>'), 'line 10: answer: HTML is not allowed ("<b")'],
    [
      'a script',
      but('Apaga y', '<script>alert(1)</script>'),
      'line 15: simple: HTML is not allowed ("<script")',
    ],
    ['HTML that never ends', but('Apaga y', '<img src=x onerror=alert(1)'), 'HTML is not allowed ("<img")'],
    ['HTML in an example', but('mi internet', '<i>mi</i>'), 'line 6: examples 1: HTML is not allowed'],
    ['an HTML comment', but('Apaga', '<!-- x -->'), 'HTML is not allowed'],
    [
      'a script in a link',
      but('Apaga', '[x](JavaScript:alert(1))'),
      'a link may not begin with "javascript:"',
    ],
    [
      'a script in a link reference',
      but('Apaga', '[x]: data:text/html,x'),
      'a link may not begin with "data:"',
    ],
    ['NUL', but('Apaga', 'Apa\0ga'), 'the invisible control character U+0000'],
    [
      'NUL by way of YAML',
      but('title: Internet', 'title: "\\0"\nold: Internet'),
      'line 4: title: the invisible control character U+0000',
    ],
    ['half of a character', but('Apaga', 'Apa\uD83Dga'), 'half of a character'],
    ['text that runs backwards', but('Apaga', 'Apa\u202Ega'), 'the invisible control character U+202E'],
  ])('with %s is a fault that says so', (_, text, expected) => {
    expect(faultsOf(text).join('\n')).toContain(expected);
    for (const fault of faultsOf(text)) expect(fault).toMatch(/^kb\/es\/x\.md line \d+: /u);
  });

  it('names all its faults at once', () => {
    const faults = faultsOf(
      but('language: es', 'language: fr').replace('title:', 'titel:').replace('Apaga', '<b>'),
    );
    expect(faults.map((fault) => /line \d+/u.exec(fault)?.[0])).toEqual([
      'line 1',
      'line 3',
      'line 4',
      'line 15',
    ]);
  });

  it('never makes the reader throw', () => {
    const piece = fc.constantFrom(
      '---',
      '\n',
      'id: a',
      '&a',
      '*a',
      '- ',
      '[',
      '{',
      '"',
      '## simple',
      '<b',
      '\0',
      ': ',
      '!!js',
    );
    const text = fc.array(fc.oneof(piece, fc.string())).map((parts) => `---\n${parts.join('')}`);
    fc.assert(
      fc.property(text, (broken) => void parseArticleFile(broken, 'x.md')),
      { numRuns: 500 },
    );
  });
});

describe('an article written to a file', () => {
  it('is read back the same', () => {
    expect(formatArticle(articleIn(good))).toBe(good);
  });

  it('is read back the same whatever its words', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((text) =>
        text
          .replace(/[<#\]]|\p{Cc}|\p{Surrogate}/gu, '')
          .replace(/\s+/gu, ' ')
          .trim(),
      )
      .filter((text) => text !== '');
    const prose = fc.array(words, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
    const article = fc.record(
      {
        id: fc.constant('a-1'),
        language: fc.constantFrom('es', 'en', 'pt'),
        title: words,
        examples: fc.array(words, { maxLength: 4 }),
        answer: prose,
        simple: prose,
        technical: prose,
        tags: fc.array(words, { maxLength: 4 }),
      },
      { requiredKeys: ['id', 'language', 'title', 'examples', 'answer', 'tags'] },
    );
    fc.assert(
      fc.property(article, (one) => {
        const written = articleOf(one as Partial<Article>);
        expect(articleIn(formatArticle(written))).toEqual(written);
      }),
    );
  });
});
