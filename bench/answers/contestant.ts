import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvaluationSummary } from '../../src/kb/evaluation.ts';
import type { Base } from './bases.ts';
import { readJsonLines, writeJsonLines } from './json-lines.ts';
import type { TimedDecision } from './measure.ts';
import type { Thresholds } from './threshold.ts';

/** Who takes part: Relevo by its command, a peer by the name of its file. */
export interface Contestant {
  readonly name: string;
  readonly peer?: string;
}

/** What a contestant made of a base. */
export interface Outcome {
  readonly decisions: readonly TimedDecision[];
  readonly summary: EvaluationSummary;
  /** A peer's, found on examples held out of the base. */
  readonly thresholds?: Thresholds;
}

/** The engine of this project, as anyone runs it on other sets. */
export const ours: Contestant = { name: 'Relevo' };

/** What a Node developer would pick instead. */
export const peers: readonly Contestant[] = [
  { name: 'NLP.js', peer: 'nlpjs' },
  { name: 'NLP.js+None', peer: 'nlpjs-none' },
  { name: 'MiniSearch', peer: 'minisearch' },
];

/**
 * Runs a contestant on a base in a process of its own, which is given the articles and the questions' words and nothing else.
 * @param questions what is asked, in order
 * @throws Error with what it wrote when it fails, or does not decide on every question
 */
export async function run(
  contestant: Contestant,
  base: Pick<Base, 'articles' | 'language'>,
  questions: readonly string[],
  wrongRate: number,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'relevo-answers-'));
  try {
    const inFolder = (name: string): string => join(folder, name);
    writeJsonLines(inFolder('kb.jsonl'), base.articles);
    writeJsonLines(
      inFolder('questions.jsonl'),
      questions.map((q) => ({ q })),
    );
    const kb = ['--kb', inFolder('kb.jsonl')];
    const rate = ['--wrong-rate', String(wrongRate)];
    const files = [...kb, '--questions', inFolder('questions.jsonl'), '--out', inFolder('decisions.jsonl')];
    const { peer } = contestant;
    const language = ['--language', base.language];
    const thresholds =
      peer === undefined
        ? undefined
        : await say<Thresholds>([...node('rehearse.ts', peer), ...kb, ...language, ...rate]);
    const summary = await say<EvaluationSummary>(
      peer === undefined
        ? ['npm', 'run', '--silent', 'relevo', '--', 'kb', 'evaluate', ...files, ...rate]
        : [...node('peer.ts', peer), ...files, ...language],
    );
    const decisions = readJsonLines<TimedDecision>(inFolder('decisions.jsonl'));
    if (decisions.length !== questions.length)
      throw new Error(`${contestant.name} decided on ${decisions.length} of ${questions.length} questions`);
    return { decisions, summary, ...(thresholds === undefined ? {} : { thresholds }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command for a program of this folder. */
function node(file: string, peer: string): string[] {
  return [process.execPath, '--expose-gc', '--import', 'tsx', join(import.meta.dirname, file), peer];
}

/** Runs a command in the project's folder. @returns what its last line says, in JSON */
async function say<T>(words: readonly string[]): Promise<T> {
  const [command = '', ...args] = words;
  const root = join(import.meta.dirname, '../..');
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err = (err + chunk.toString()).slice(-5000);
  });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${words.join(' ')} failed:\n${err}`);
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as T;
}
