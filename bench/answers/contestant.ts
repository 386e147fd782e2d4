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

/** Who takes part, and the command that it is run with. */
export interface Contestant {
  readonly name: string;
  readonly words: readonly string[];
}

/** What a contestant made of a base. */
export interface Outcome {
  readonly decisions: readonly TimedDecision[];
  readonly summary: EvaluationSummary & { readonly thresholds?: Thresholds };
}

const inBench = (file: string): string => join(import.meta.dirname, file);
const peerWords = (name: string): string[] => [
  process.execPath,
  '--expose-gc',
  '--import',
  'tsx',
  inBench('peer.ts'),
  name,
];

/** The engine of this project, as anyone runs it on other sets. */
export const ours: Contestant = {
  name: 'Relevo',
  words: ['npm', 'run', '--silent', 'relevo', '--', 'kb', 'evaluate'],
};

/** What a Node developer would pick instead. */
export const peers: readonly Contestant[] = [
  { name: 'NLP.js', words: peerWords('nlpjs') },
  { name: 'MiniSearch', words: peerWords('minisearch') },
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
    const [kb, asked, out] = ['kb.jsonl', 'questions.jsonl', 'decisions.jsonl'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeJsonLines(kb, base.articles);
    writeJsonLines(
      asked,
      questions.map((q) => ({ q })),
    );
    const isPeer = contestant !== ours;
    const printed = await say([
      ...contestant.words,
      ...['--kb', kb, '--questions', asked, '--out', out, '--wrong-rate', String(wrongRate)],
      ...(isPeer ? ['--language', base.language] : []),
    ]);
    const decisions = readJsonLines<TimedDecision>(out);
    if (decisions.length !== questions.length)
      throw new Error(`${contestant.name} decided on ${decisions.length} of ${questions.length} questions`);
    const summary = JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '') as Outcome['summary'];
    return { decisions, summary };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function say(words: readonly string[]): Promise<string> {
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
  return out;
}
