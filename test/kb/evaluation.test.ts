import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/kb/engine/types.ts';
import { evaluate, parseEngineArticles, parseQuestions } from '../../src/kb/evaluation.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
};

describe('an evaluation', () => {
  it('reads articles and questions, and never the labels', () => {
    const text =
      '\uFEFF{"id":"a","title":"A","more":1}\n\n{"id":"b","examples":["x"],"answer":"B","language":"en"}\r\n';
    expect(parseEngineArticles(text, 'kb.jsonl')).toEqual([
      { id: 'a', title: 'A' },
      { id: 'b', examples: ['x'], answer: 'B', language: 'en' },
    ]);
    expect(parseQuestions('{"q":"one","label":"a","kind":"in"}\n{"q":""}\n', 'q.jsonl')).toEqual(['one', '']);
  });

  it('names what is wrong, with its line', () => {
    const articles = codeOf(() => parseEngineArticles('{"id":"a"}\n{"title":"x"}\n{\n[]\n', 'kb.jsonl'));
    expect(articles).toContain('3 fault(s)');
    expect(articles).toContain('kb.jsonl line 2: id: ');
    expect(articles).toContain('kb.jsonl line 3: is not JSON');
    expect(articles).toContain('kb.jsonl line 4: line: ');
    expect(codeOf(() => parseQuestions('{"text":"x"}', 'q.jsonl'))).toContain('q.jsonl line 1: q: ');
  });

  it('writes one decision a question, in order', () => {
    const engine: Engine = {
      decide: (question) =>
        question === ''
          ? { decision: 'handoff', article: null, confidence: 0, candidates: [] }
          : {
              decision: 'answer',
              article: 'a',
              confidence: 0.9,
              candidates: [{ article: 'a', probability: 0.9 }],
            },
    };
    const held = [1_000_000, 3_500_000];
    const { lines, summary } = evaluate(
      () => engine,
      [{ id: 'a' }, { id: 'a' }],
      ['hello', ''],
      () => held.shift() ?? 0,
    );
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        decision: 'answer',
        article: 'a',
        confidence: 0.9,
        candidates: [{ article: 'a', probability: 0.9 }],
        micros: expect.any(Number),
      },
      { decision: 'handoff', article: null, confidence: 0, candidates: [], micros: expect.any(Number) },
    ]);
    expect(summary).toMatchObject({ articles: 1, questions: 2, heapMb: 2.5 });
    expect(summary.peakMemoryMb).toBeGreaterThan(1);
  });
});
