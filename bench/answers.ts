import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Decision, type EngineArticle, trainEngine } from '../src/kb/engine/engine.ts';
import { type Measured, measure } from './answers-measure.ts';

/** Runs the public question sets through the engine. Usage: tsx bench/answers.ts [--noisy] [--json] [set[:base] …] */
interface Question {
  readonly q: string;
  readonly label: string;
  readonly kind: 'in' | 'oos-near' | 'oos-far';
  readonly noisy?: string;
}

const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const data = join(process.env.RELEVO_SHARED ?? '../shared', 'data');

function lines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** "es-fb:10" → kb-10.jsonl of es-fb; without a number the full base. */
function bases(): { name: string; set: string; file: string }[] {
  const all: { name: string; set: string; file: string }[] = [];
  for (const set of readdirSync(data).sort()) {
    for (const size of ['0', '5', '10', '']) {
      const file = join(data, set, size === '' ? 'kb.jsonl' : `kb-${size}.jsonl`);
      const name = size === '' ? set : `${set}:${size}`;
      if (existsSync(file) && existsSync(join(data, set, 'dev.jsonl'))) all.push({ name, set, file });
    }
  }
  if (wanted.length === 0) return all;
  return all.filter(({ name }) =>
    wanted.some((want) => (want.endsWith('*') ? name.startsWith(want.slice(0, -1)) : name === want)),
  );
}

const columns: readonly (readonly [string, (m: Measured) => string])[] = [
  ['top1', (m) => percent(m.top1)],
  ['top3', (m) => percent(m.top3)],
  ['auroc', (m) => percent(m.auroc)],
  ['rec95', (m) => percent(m.recall95)],
  ['util', (m) => percent(m.utility)],
  ['right', (m) => percent(m.right)],
  ['wrong', (m) => percent(m.wrong)],
  ['clar', (m) => percent(m.clarified)],
  ['over', (m) => percent(m.handedOver)],
  ['unkAns', (m) => percent(m.unknownAnswered)],
  ['train', (m) => m.trainSeconds.toFixed(2)],
  ['p50', (m) => m.p50Micros.toFixed(0)],
  ['p99', (m) => m.p99Micros.toFixed(0)],
];

function percent(value: number): string {
  return Number.isNaN(value) ? '–' : (100 * value).toFixed(1);
}

function print(name: string, measured: Measured): void {
  console.log(name.padEnd(24) + columns.map(([, show]) => show(measured).padStart(7)).join(''));
}

console.log('base'.padEnd(24) + columns.map(([title]) => title.padStart(7)).join(''));
const results: { name: string; noisy: boolean; measured: Measured }[] = [];
for (const { name, set, file } of bases()) {
  const articles = lines<EngineArticle>(file);
  const questions = lines<Question>(join(data, set, 'dev.jsonl'));
  const started = performance.now();
  const engine = trainEngine(articles);
  const trainSeconds = (performance.now() - started) / 1000;
  for (const noisy of flags.has('--noisy') ? [false, true] : [false]) {
    const micros: number[] = [];
    const decisions: Decision[] = questions.map((question) => {
      const before = performance.now();
      const decision = engine.decide(noisy ? (question.noisy ?? question.q) : question.q);
      micros.push((performance.now() - before) * 1000);
      return decision;
    });
    const measured = measure(questions, decisions, micros, trainSeconds);
    results.push({ name, noisy, measured });
    print(noisy ? `${name} noisy` : name, measured);
  }
}
for (const [title, pattern] of [
  ['mean of full bases', /^[^:]*$/],
  ['mean of 5 examples', /:5$/],
  ['mean of 10 examples', /:10$/],
] as const) {
  for (const noisy of [false, true]) {
    const group = results.filter((result) => pattern.test(result.name) && result.noisy === noisy);
    if (group.length > 0)
      print(noisy ? `${title} noisy` : title, average(group.map((result) => result.measured)));
  }
}
if (flags.has('--json')) console.log(JSON.stringify(results));

function average(group: readonly Measured[]): Measured {
  const mean = (pick: (m: Measured) => number): number => {
    const values = group.map(pick).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  };
  return {
    top1: mean((m) => m.top1),
    top3: mean((m) => m.top3),
    auroc: mean((m) => m.auroc),
    recall95: mean((m) => m.recall95),
    utility: mean((m) => m.utility),
    right: mean((m) => m.right),
    wrong: mean((m) => m.wrong),
    clarified: mean((m) => m.clarified),
    handedOver: mean((m) => m.handedOver),
    unknownAnswered: mean((m) => m.unknownAnswered),
    trainSeconds: mean((m) => m.trainSeconds),
    p50Micros: mean((m) => m.p50Micros),
    p99Micros: mean((m) => m.p99Micros),
  };
}
