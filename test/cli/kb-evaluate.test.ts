import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, relevo } from './command.ts';

const subjects = ['internet', 'printer', 'password', 'monitor', 'invoice', 'camera', 'keyboard', 'parcel'];
const articles = subjects.map((id) => ({
  id,
  title: `The ${id}`,
  examples: [`my ${id} is broken`, `help with the ${id}`, `where is my ${id}`],
}));
const questions = [
  ...subjects.map((id) => ({ q: `the ${id} does not work`, label: id, kind: 'in' })),
  { q: 'will it rain tomorrow', label: null, kind: 'oos-far' },
  { q: '', label: null, kind: 'oos-far' },
];

let folder = '';
const file = (name: string): string => join(folder, name);

async function put(name: string, lines: readonly unknown[]): Promise<string> {
  await writeFile(file(name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file(name);
}

function evaluate(kb: string, asked: string, out: string, ...more: string[]): Promise<Ended> {
  return relevo(['kb', 'evaluate', '--kb', kb, '--questions', asked, '--out', out, ...more]);
}

interface Line {
  readonly decision: string;
  readonly article: string | null;
  readonly confidence: number;
  readonly candidates: readonly { readonly article: string; readonly probability: number }[];
  readonly micros: number;
}

/** What was decided, without the time that it took. */
async function decided(out: string): Promise<Omit<Line, 'micros'>[]> {
  const text = await readFile(out, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { micros, ...rest } = JSON.parse(line) as Line;
      expect(Number.isInteger(micros)).toBe(true);
      return rest;
    });
}

describe('kb evaluate', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'relevo-evaluate-'));
    await put('kb.jsonl', articles);
    await put('q.jsonl', questions);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes a decision for each question and prints one line of figures', async () => {
    const { code, out } = await evaluate(file('kb.jsonl'), file('q.jsonl'), file('out.jsonl'));
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    const summary = JSON.parse(out) as Record<string, number>;
    expect(summary).toMatchObject({ articles: subjects.length, questions: questions.length });
    for (const name of ['trainSeconds', 'p50Micros', 'p99Micros', 'heapMb', 'peakMemoryMb'])
      expect(summary[name]).toBeTypeOf('number');
    const lines = await decided(file('out.jsonl'));
    expect(lines.slice(0, subjects.length).map(({ article }) => article)).toEqual(subjects);
    for (const { decision, confidence, candidates } of lines) {
      expect(['answer', 'clarify', 'handoff']).toContain(decision);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(candidates.length).toBeLessThanOrEqual(5);
    }
  });

  it('decides the same again, and whatever the labels say', async () => {
    const scrambled = questions.map(({ q }, i) => ({
      kind: ['oos-near', 7, null][i % 3],
      label: [subjects[(i * 3 + 1) % subjects.length], { of: 'another kind' }, 'nobody'][i % 3],
      q,
    }));
    const bare = questions.map(({ q }) => ({ q }));
    const runs = [questions, scrambled, bare].map(async (lines, i) => {
      const asked = await put(`asked-${i}.jsonl`, lines);
      const { code } = await evaluate(file('kb.jsonl'), asked, file(`out-${i}.jsonl`));
      expect(code).toBe(0);
      return decided(file(`out-${i}.jsonl`));
    });
    const [first, ...others] = await Promise.all(runs);
    expect(others).toEqual([first, first]);
  });

  it('names the file that is missing, and writes nothing', async () => {
    const { code, out, err } = await evaluate(file('nowhere.jsonl'), file('q.jsonl'), file('none.jsonl'));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`${file('nowhere.jsonl')} cannot be read`);
    await expect(readFile(file('none.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['{"q":"one"}\nlabel: two\n', 'bad.jsonl line 2: is not JSON'],
    ['{"q":"one"}\n{"question":"two"}\n', 'bad.jsonl line 2: q: '],
    ['["one"]\n', 'bad.jsonl line 1: '],
  ])('names file and line of a bad question (%#)', async (text, message) => {
    await writeFile(file('bad.jsonl'), text);
    const { code, err } = await evaluate(file('kb.jsonl'), file('bad.jsonl'), file('none.jsonl'));
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it.each([
    ['{"id":"a","examples":["x"]}\n{"id":', 'bad-kb.jsonl line 2: is not JSON'],
    ['{"id":"","examples":["x"]}\n', 'bad-kb.jsonl line 1: id: '],
    ['{"id":"a","examples":"x"}\n', 'bad-kb.jsonl line 1: examples: '],
    ['{"id":"a","language":"fr"}\n', 'bad-kb.jsonl line 1: language: '],
  ])('names file and line of a bad article (%#)', async (text, message) => {
    await writeFile(file('bad-kb.jsonl'), text);
    const { code, err } = await evaluate(file('bad-kb.jsonl'), file('q.jsonl'), file('none.jsonl'));
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});
