import { describe, expect, it } from 'vitest';
import type { LabelledQuestion } from '../../bench/answers/bases.ts';
import { curveOf } from '../../bench/answers/curve.ts';
import type { Result } from '../../bench/answers/judge.ts';
import { marks, tellMarks } from '../../bench/answers/marks.ts';
import { answeringFrom, measure, type TimedDecision } from '../../bench/answers/measure.ts';
import { between } from '../../bench/answers/readme.ts';
import { findThresholds, type Peer } from '../../bench/answers/threshold.ts';

const cost = { trainSeconds: 1, heapMb: 2, peakMemoryMb: 3 };

function decided(
  decision: TimedDecision['decision'],
  articles: readonly string[],
  confidence: number,
  micros = 100,
): TimedDecision {
  const candidates = articles.map((article) => ({ article, probability: 0.2 }));
  return { decision, article: articles[0] ?? null, confidence, candidates, micros };
}

const known = (label: string): LabelledQuestion => ({ q: `about ${label}`, label, kind: 'in' });
const unknown: LabelledQuestion = { q: 'the weather', label: null, kind: 'oos-far' };

describe('what is measured of decisions', () => {
  const questions = [known('a'), known('b'), known('c'), known('d'), known('e'), unknown, unknown];
  const decisions = [
    decided('answer', ['a', 'b'], 0.9),
    decided('answer', ['a', 'b'], 0.8),
    decided('clarify', ['a', 'b', 'c', 'd'], 0.6),
    decided('clarify', ['a', 'b', 'c', 'd'], 0.6),
    decided('handoff', ['e'], 0.3, 500),
    decided('handoff', ['e'], 0.2),
    decided('answer', ['e'], 0.6),
  ];

  it('is counted as the words of the marks say', () => {
    const found = measure(questions, decisions, cost);
    expect(found).toMatchObject({ right: 0.2, wrong: 0.2, clarified: 0.2, handedOver: 0.2, ...cost });
    expect(found).toMatchObject({
      top1: 0.4,
      top3: 0.8,
      unknownAnswered: 0.5,
      p50Micros: 100,
      p99Micros: 500,
    });
    expect(found.utility).toBeCloseTo(0.8 * ((1 - 1 + 0.6 - 0.2 + 0) / 5) + 0.2 * ((1 - 1) / 2));
    expect(found.auroc).toBeCloseTo((5 + 2 + 2 * 0.5) / 10);
    expect(found.recall95).toBeCloseTo(0.5);
  });

  it('leaves out what needs unknown questions when there are none', () => {
    const { auroc, recall95, utility, top1 } = measure(questions.slice(0, 5), decisions.slice(0, 5), cost);
    expect([auroc, recall95, utility]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(top1).toBe(0.4);
  });

  it('can be decided anew from a threshold', () => {
    const anew = answeringFrom(
      [decided('answer', ['a'], 0.4), decided('handoff', ['a'], 0.6), decided('answer', [], 1)],
      0.5,
    );
    expect(anew.map(({ decision }) => decision)).toEqual(['handoff', 'answer', 'handoff']);
  });
});

describe('the thresholds of a peer', () => {
  /** Knows the article by the first letter, and is the surer the longer the question is. */
  const peer: Peer = {
    defaultThreshold: 0.5,
    train: () =>
      Promise.resolve((question) =>
        Promise.resolve([{ article: question.slice(0, 1), confidence: question.length / 100 }]),
      ),
  };
  const article = (id: string, held: string) => ({ id, examples: [id, id, id, id, held] });

  it('come from what is held out of the base', async () => {
    const articles = [
      article('a', 'a'.repeat(40)),
      article('b', 'b'.repeat(30)),
      article('c', `a${'c'.repeat(19)}`),
      article('d', 'd'.repeat(50)),
    ];
    const found = await findThresholds(peer, articles, 'en', 0.05);
    expect(found.default).toBe(0.5);
    expect(found.wrongRate).toBeGreaterThan(0.2);
    expect(found.wrongRate).toBeLessThan(0.2001);
    expect(found.utility).toBe(0.3);
  });

  it('mind that an article that is left out has no answer', async () => {
    const articles = ['a', 'b', 'c', 'd'].map((id) => article(id, id.repeat(40)));
    const leftOut = { id: 'e', examples: ['e'.repeat(38), 'e'] };
    const found = await findThresholds(
      peer,
      [...articles, leftOut, article('f', 'f'.repeat(35))],
      'en',
      0.05,
    );
    expect(found.utility).toBe(0.4);
  });
});

describe('the marks', () => {
  const result = (base: string, contestant: string, top1: number, more: Partial<Result> = {}): Result => ({
    base,
    contestant,
    size: 'full',
    articles: 10,
    examples: 100,
    noisy: false,
    measured: {
      ...measure([known('a'), unknown], [decided('answer', ['a'], 1), decided('handoff', [], 0)], cost),
      top1,
    },
    ...more,
  });
  const markOf = (results: readonly Result[], name: string) =>
    marks(results).find((one) => one.name === name);
  const ahead = 'top-1 ahead of the best peer';

  it('want more than the best peer has', () => {
    const results = [result('x', 'Relevo', 0.9), result('x', 'NLP.js', 0.9), result('x', 'MiniSearch', 0.7)];
    expect(markOf(results, ahead)).toMatchObject({ met: 0, of: 1, missed: ['x 90.0 against 90.0'] });
    expect(tellMarks(marks(results))).toContain(`NOT MET ${ahead} (0 of 1)\n          x 90.0 against 90.0`);
  });

  it('let the peer be as good on its own examples, but no better', () => {
    const own = (top1: number) => [result('es-nlpjs50', 'Relevo', 0.9), result('es-nlpjs50', 'NLP.js', top1)];
    expect(markOf(own(0.9), ahead)).toMatchObject({ met: 1, missed: [] });
    expect(markOf(own(0.92), ahead)).toMatchObject({ met: 0 });
  });

  it('say nothing of what was not run', () => {
    const names = marks([result('x', 'Relevo', 0.9)]).map(({ name }) => name);
    expect(names.filter((name) => name.includes('peer') || name.includes('noisy'))).toEqual([]);
  });

  it('judge noise and means over all bases', () => {
    const results = [0.93, 0.9].map((top1, i) => result(`x${i}`, 'Relevo', top1));
    const noisy = results.map((one) => ({ ...one, noisy: true, measured: { ...one.measured, top1: 0.9 } }));
    const noise = 'noisy questions cost at most 2 points of top-1 on the mean';
    expect(markOf([...results, ...noisy], noise)).toMatchObject({ met: 1, of: 1 });
    expect(markOf(results, 'top-1 ≥ 91 on the mean of full bases')).toMatchObject({ met: 1, of: 1 });
  });
});

describe('the written tables', () => {
  it('take the place between their comments, and miss them by name', () => {
    const text = 'a\n<!-- answers:begin -->\nold\n<!-- answers:end -->\nb\n';
    expect(between(text, 'answers', 'new', 'README.md')).toBe(
      'a\n<!-- answers:begin -->\nnew\n<!-- answers:end -->\nb\n',
    );
    expect(() => between('a', 'answers', 'new', 'README.md')).toThrow(
      'README.md has no <!-- answers:begin -->',
    );
  });
});

describe('a learning curve', () => {
  it('has ever more examples, each step with those before, and ends with all', () => {
    const examples = Array.from({ length: 30 }, (_, i) => `example ${i}`);
    const base = {
      name: 'x',
      set: 'x',
      size: 'full',
      language: 'en',
      articles: [{ id: 'a', examples }],
      questions: [],
    };
    const curve = curveOf(base);
    expect(curve.map(({ name }) => name)).toEqual(['x@5', 'x@10', 'x@25', 'x@all']);
    const [five = [], ten = []] = curve.map(({ articles }) => articles[0]?.examples ?? []);
    expect(ten.slice(0, 5)).toEqual(five);
    expect(new Set(ten).size).toBe(10);
    expect(curveOf(base)).toEqual(curve);
  });
});
