import { describe, expect, it } from 'vitest';
import type { GoldenQuestion, PublishedBase } from '../../src/core/article.ts';
import type { Decision, Engine } from '../../src/kb/engine/types.ts';
import { formatGolden, mergeGolden, parseGolden } from '../../src/kb/golden-file.ts';
import { compareGolden, countGrades, orphanedGolden, runGolden } from '../../src/kb/golden-run.ts';
import { proveDraft } from '../../src/kb/proof.ts';
import { showProof } from '../../src/kb/proof-report.ts';
import { formatSynonyms, parseSynonyms } from '../../src/kb/synonym-file.ts';
import { articleOf, contentOf } from './memory-bases.ts';

const golden = (question: string, article: string | null): GoldenQuestion => ({
  question,
  language: 'es',
  article,
});

const decisions: Record<string, Decision> = {};
const decide = (
  question: string,
  decision: Decision['decision'],
  articles: readonly string[],
  confidence = 0.5,
) => {
  const candidates = articles.map((article) => ({ article, probability: confidence }));
  decisions[question] = { decision, article: articles[0] ?? null, confidence, candidates };
};

/** An engine that decides as a table says, by its base's first article and the question. */
const tableEngine = (base: string): Engine => ({
  decide: (question) => {
    const found = decisions[`${base} ${question}`] ?? decisions[question];
    if (found === undefined) throw new Error(`no decision for ${question}`);
    return found;
  },
});

describe('golden questions', () => {
  it('are read from lines and written back', () => {
    const text =
      '{"q":"  no  hay\\tinternet ","language":"es","article":"internet","more":1}\n\n{"q":"will it rain?","language":"en","article":null}\n';
    const read = parseGolden(text, 'g.jsonl');
    expect(read).toEqual([
      { question: 'no hay internet', language: 'es', article: 'internet' },
      { question: 'will it rain?', language: 'en', article: null },
    ]);
    expect(parseGolden(formatGolden(read), 'g.jsonl')).toEqual(read);
  });

  it('come with every fault of their file, or whole', () => {
    const line = (value: object) => JSON.stringify({ q: 'a', language: 'es', article: null, ...value });
    const text = [
      line({ q: '' }),
      line({ q: 'x'.repeat(501) }),
      line({ language: 'fr' }),
      line({ article: '' }),
      '{',
      line({ q: 'ok\ud800' }),
    ].join('\n');
    expect(() => parseGolden(text, 'g.jsonl')).toThrowError(
      expect.objectContaining({
        code: 'kb_golden_faults',
        message: expect.stringMatching(
          /^6 fault.*line 1: q.*line 2: q.*line 3: language.*line 4: art.*line 5: is not JSON.*line 6/su,
        ),
      }),
    );
    const twice = [line({}), line({ q: 'A' })].join('\n');
    expect(() => parseGolden(twice, 'g.jsonl')).toThrow('g.jsonl line 2: the question is already in line 1');
  });

  it('replace those that are asked in the same words', () => {
    const merged = mergeGolden([golden('a', 'x'), golden('b', 'x')], [golden('A', null), golden('c', 'y')]);
    expect(merged).toEqual({ golden: [golden('A', null), golden('b', 'x'), golden('c', 'y')], added: 1 });
  });

  it('are graded by what is done, not only by the article', () => {
    decide('right', 'answer', ['x']);
    decide('other', 'answer', ['y', 'x']);
    decide('offered', 'clarify', ['y', 'z', 'x']);
    decide('not offered', 'clarify', ['y', 'z', 'w', 'x']);
    decide('left', 'handoff', ['x']);
    decide('unknown left', 'handoff', ['x']);
    decide('unknown asked', 'clarify', ['x']);
    decide('unknown answered', 'answer', ['x']);
    const asked = Object.keys(decisions).map((q) => golden(q, q.startsWith('unknown') ? null : 'x'));
    const results = runGolden(tableEngine(''), asked);
    expect(results.map(({ grade }) => grade)).toEqual([
      'right',
      'wrong',
      'asked back',
      'handed over',
      'handed over',
      'right',
      'asked back',
      'wrong',
    ]);
    expect(countGrades(results)).toEqual({ right: 2, wrong: 2, 'asked back': 2, 'handed over': 2 });
  });

  it('say what a draft makes better and worse', async () => {
    const questions = [golden('gained', 'x'), golden('lost', 'x'), golden('kept', 'x'), golden('hush', null)];
    const draft = contentOf([articleOf({ id: 'new' })], { golden: questions });
    const current: PublishedBase = {
      ...contentOf([articleOf({ id: 'old' })], { golden: [golden('kept', 'x'), golden('gone', 'x')] }),
      version: 3,
      publishedAt: 0,
      publishedBy: '',
      comment: '',
    };
    decide('old gained', 'handoff', ['x'], 0.2);
    decide('new gained', 'answer', ['x'], 0.9);
    decide('old lost', 'answer', ['x'], 0.8);
    decide('new lost', 'handoff', ['y'], 0.1);
    decide('kept', 'answer', ['x'], 0.8);
    decide('old hush', 'answer', ['x'], 0.7);
    decide('new hush', 'handoff', [], 0);
    const train = ({ articles }: { articles: readonly { id: string }[] }) =>
      tableEngine(articles[0]?.id ?? '');
    const proof = await proveDraft(draft, current, { train });
    expect(showProof(proof)).toEqual([
      'worse   es "lost" (x)',
      '        right: answered, x 80 % → handed over, y 10 %',
      'better  es "gained" (x)',
      '        handed over, x 20 % → right: answered, x 90 %',
      'better  es "hush" (a person)',
      '        wrong: answered, x 70 % → right: handed over',
      '',
      '4 golden questions         version 3   draft',
      'right                              2       3',
      'asked back                         0       0',
      'handed over                        1       1',
      'wrong                              1       0',
      '2 better, 1 worse, 0 at the edge, 1 newly answered, 2 newly handed over',
      '1 golden questions of version 3 are not in the draft: not asked',
    ]);
    expect(showProof(proof, true)).toContain('same    es "kept" (x): right: answered, x 80 %');
    expect(showProof(await proveDraft(draft, null, { train }))[0]).toBe('4 golden questions         draft');
  });

  it('are told with how sure it is of the article, not of having an answer at all', () => {
    const candidates = [{ article: 'x', probability: 0.77 }];
    decisions.known = { decision: 'answer', article: 'x', confidence: 0.96, candidates };
    const after = runGolden(tableEngine(''), [golden('known', 'x')]);
    expect(after).toMatchObject([{ confidence: 0.96, sure: 0.77 }]);
    expect(showProof({ after, published: null }, true)[0]).toBe(
      'same    es "known" (x): right: answered, x 77 %',
    );
  });

  it('forgive what only the moving line between answering and asking changes, while it is little', () => {
    const questions = Array.from({ length: 5 }, (_, i) => golden(`edge ${i}`, 'x'));
    for (const [i] of questions.entries()) {
      decide(`old edge ${i}`, 'answer', ['x'], 0.73);
      decide(`new edge ${i}`, i < 2 ? 'clarify' : 'answer', ['x'], 0.72);
    }
    const compare = () =>
      compareGolden(runGolden(tableEngine('old'), questions), runGolden(tableEngine('new'), questions));
    expect(compare()).toMatchObject({ worse: [], edge: { length: 2 }, regression: false });
    decide('new edge 2', 'handoff', ['x'], 0.7);
    expect(compare()).toMatchObject({ worse: [], edge: { length: 3 }, regression: true });
    decide('new edge 2', 'answer', ['x'], 0.9);
    decide('new edge 0', 'clarify', ['x'], 0.6);
    expect(compare()).toMatchObject({ worse: { length: 1 }, edge: { length: 1 }, regression: true });
    decide('new edge 0', 'answer', ['y'], 0.73);
    expect(compare()).toMatchObject({ worse: { length: 1 }, regression: true });
  });

  it('train once when only the questions changed', async () => {
    const articles = [articleOf()];
    const current = { ...contentOf(articles), version: 1, publishedAt: 0, publishedBy: '', comment: '' };
    let trained = 0;
    const train = () => {
      trained += 1;
      return tableEngine('');
    };
    await proveDraft(contentOf(articles, { golden: [golden('right', 'x')] }), current, { train });
    expect(trained).toBe(1);
    await proveDraft(contentOf(articles, { golden: [], wrongRate: 0.1 }), current, { train });
    expect(trained).toBe(3);
  });

  it('are named when their article is not there', () => {
    const asked = [golden('a', 'internet-lento'), golden('b', 'gone'), golden('c', null)];
    expect(orphanedGolden(contentOf([articleOf()], { golden: asked }))).toEqual([golden('b', 'gone')]);
  });
});

describe('synonyms', () => {
  it('are read from a file, one group a line, and written back', () => {
    const read = parseSynonyms(
      '\uFEFF# words\nes: Módem,  router , la  cajita\r\n\npt: celular,telefone\n',
      's',
    );
    expect(read).toEqual([
      { language: 'es', words: ['módem', 'router', 'la cajita'] },
      { language: 'pt', words: ['celular', 'telefone'] },
    ]);
    expect(parseSynonyms(formatSynonyms(read), 's')).toEqual(read);
  });

  it.each([
    ['router, módem', 'line 1: expected a language'],
    ['fr: a, b', 'line 1: expected a language'],
    ['es: solo, solo', 'line 1: has 1 different words'],
    ['es: a, b\nes: c, a', 'line 2: "a" is already in line 1'],
    [`es: a, ${'x'.repeat(61)}`, 'is no word'],
  ])('%j has a fault', (text, message) => {
    expect(() => parseSynonyms(text, 's.txt')).toThrow(message);
  });
});
