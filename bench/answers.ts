import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Base, type BaseFiles, findBases, readBase } from './answers/bases.ts';
import { ours, peers } from './answers/contestant.ts';
import { curveOf } from './answers/curve.ts';
import { judge, type Result } from './answers/judge.ts';
import { marks, tellMarks } from './answers/marks.ts';
import { rewrite } from './answers/readme.ts';
import { heading, line, means } from './answers/table.ts';

/** Runs the public question sets through Relevo and its peers; docs/answers.md says what is measured and lists the options. */
const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: {
    noisy: { type: 'boolean', default: false },
    ours: { type: 'boolean', default: false },
    readme: { type: 'boolean', default: false },
    curve: { type: 'string', multiple: true, default: [] },
    json: { type: 'string', default: join(root, 'build/answers.json') },
    from: { type: 'string' },
    'wrong-rate': { type: 'string', default: '0.05' },
  },
  allowPositionals: true,
});
/** Bases whose learning curves are shown with the table. */
const shownCurves = ['es-chitchat', 'es-assist', 'es-fb', 'en-banking77', 'en-clinc150'];

interface Everything {
  readonly results: readonly Result[];
  readonly curve: readonly Result[];
}

const options = { noisy: values.noisy || values.readme, wrongRate: Number(values['wrong-rate']) };
const begunAt = performance.now();
/** One that fails does not cost the hour that the others took, but the tables are not written without it. */
let failed = false;
const everything = values.from === undefined ? await measureAll() : read(values.from);
if (everything.results.length > 0) {
  if (values.from !== undefined) show(everything.results);
  show(means(everything.results));
  console.log(`\n${tellMarks(marks(everything.results))}`);
}
if (values.from === undefined) write(values.json, everything);
if (failed) process.exitCode = 1;
if (values.readme && !failed) {
  for (const file of rewrite(root, everything.results, everything.curve)) tell(`rewrote ${file}`);
}

/** Whatever was asked for: bases, curves, or for the README all of both. */
async function measureAll(): Promise<Everything> {
  if (values.readme && (positionals.length > 0 || values.ours || values.curve.length > 0))
    throw new Error('--readme shows every base beside every peer: it goes with no other choice');
  const data = join(process.env.RELEVO_SHARED ?? join(root, '../shared'), 'data');
  const onlyCurves = values.curve.length > 0 && positionals.length === 0;
  const files = onlyCurves ? [] : findBases(data, positionals);
  const curves = values.readme ? shownCurves : values.curve;
  const contestants = values.ours ? [ours] : [ours, ...peers];
  console.log(heading());
  const results = await judgeAll(files, (file) => [readBase(file)], contestants);
  const along = values.readme ? [ours] : contestants;
  const curveFiles = curves.length === 0 ? [] : findBases(data, curves);
  const curve = await judgeAll(curveFiles, (file) => curveOf(readBase(file)), along);
  return { results, curve };
}

async function judgeAll(
  files: readonly BaseFiles[],
  open: (file: BaseFiles) => Base[],
  contestants: readonly (typeof ours)[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [i, file] of files.entries()) {
    for (const base of open(file)) {
      for (const contestant of contestants) {
        tell(`${i + 1} of ${files.length}: ${base.name}, ${contestant.name}`);
        const found = await judge(contestant, base, options).catch((error: unknown) => {
          tell(`${base.name}, ${contestant.name} FAILED: ${String(error)}`);
          failed = true;
          return [];
        });
        show(found);
        results.push(...found);
      }
    }
  }
  return results;
}

function show(results: readonly Result[]): void {
  for (const one of results) console.log(line(one));
}

function tell(text: string): void {
  const seconds = ((performance.now() - begunAt) / 1000).toFixed(0);
  console.error(`[${seconds} s, load ${(loadavg()[0] ?? 0).toFixed(1)}] ${text}`);
}

function write(file: string, found: Everything): void {
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  mkdirSync(dirname(file), { recursive: true });
  const about = { takenAt: new Date().toISOString(), machine, load: loadavg()[0], ...options };
  writeFileSync(file, `${JSON.stringify({ ...about, ...found, marks: marks(found.results) }, null, 2)}\n`);
  tell(`wrote ${file}`);
}

/** What an earlier run wrote; JSON has no NaN, so that a figure that was not measured is null there. */
function read(file: string): Everything {
  const notMeasured = (_: string, value: unknown): unknown => (value === null ? Number.NaN : value);
  const { results, curve } = JSON.parse(readFileSync(file, 'utf8'), notMeasured) as Everything;
  return { results, curve };
}
