import { describe, expect, it } from 'vitest';
import { parseArticleCsv } from '../../src/kb/article-csv.ts';
import { showFault } from '../../src/kb/fault.ts';

function faultsOf(text: string): string[] {
  const parsed = parseArticleCsv(text, 'kb.csv');
  return 'faults' in parsed ? parsed.faults.map(showFault) : [];
}

const wifi = {
  id: 'wifi',
  language: 'es',
  title: 'Wifi',
  examples: ['no anda', 'va lento'],
  answer: 'Reinicia.\nEspera.',
  simple: 'Apaga.',
  tags: ['red', 'wifi'],
};

describe('a CSV of articles', () => {
  it('is read with examples one a line and answers over several lines', () => {
    const text =
      'id,language,title,examples,answer,simple,technical,tags\r\n' +
      'wifi,es,Wifi,"no anda\r\nva lento","Reinicia.\r\nEspera.",Apaga.,,"red, wifi"\r\n' +
      '\r\nred,en,Net,,Restart,,,\r\n';
    const parsed = parseArticleCsv(text, 'kb.csv');
    expect('articles' in parsed && parsed.articles).toEqual([
      { line: 2, article: wifi },
      {
        line: 6,
        article: { id: 'red', language: 'en', title: 'Net', examples: [], answer: 'Restart', tags: [] },
      },
    ]);
  });

  it('may have a byte order mark, semicolons, other columns first, and examples separated by |', () => {
    const text =
      '\uFEFFTitle;ID;language;answer;examples;simple;tags\nWifi;wifi;es;"Reinicia.\nEspera.";no anda | va lento;Apaga.;red|wifi\n';
    const parsed = parseArticleCsv(text, 'kb.csv');
    expect('articles' in parsed && parsed.articles.map(({ article }) => article)).toEqual([wifi]);
  });

  it.each([
    [
      'an unknown column',
      'id,language,title,answer,color\n',
      'line 1: unknown column "color": expected the columns id,',
    ],
    ['a missing column', 'id,title,answer\n', 'line 1: no column "language"'],
    ['a column twice', 'id,language,title,answer,id\n', 'line 1: the column "id" is there twice'],
    ['a row too short', 'id,language,title,answer\na,es,A\n', 'line 2: has 3 cells: expected 4'],
    ['a row too long', 'id,language,title,answer\na,es,A,B,C\n', 'line 2: has 5 cells: expected 4'],
    ['a quote that never ends', 'id,language,title,answer\na,es,"A,B\n', 'not a CSV'],
    [
      'another language',
      'id,language,title,answer\na,es,A,B\nb,xx,A,B\n',
      'line 3: language: "xx" is not a language',
    ],
    [
      'HTML',
      'id,language,title,answer\na,es,A,"B\nB"\nb,es,A,"one\n<script>x"\n',
      'line 4: answer: HTML is not allowed',
    ],
    ['no answer', 'id,language,title,answer\na,es,A,\n', 'line 2: answer: is empty'],
  ])('with %s is a fault that says so', (_, text, expected) => {
    expect(faultsOf(text).join('\n')).toContain(expected);
  });

  it('without rows has no articles', () => {
    expect(parseArticleCsv('', 'kb.csv')).toEqual({ articles: [] });
    expect(parseArticleCsv('id,language,title,answer\n', 'kb.csv')).toEqual({ articles: [] });
  });
});
