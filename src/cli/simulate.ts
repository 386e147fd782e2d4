import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import { RelevoError } from '../core/errors.ts';
import { type Ladder, parseLadder } from '../ladder-file.ts';

const most = 1_000_000;

/**
 * Adds `relevo simulate`: a month of random cases on the ladder of relevo.yaml, or of another file.
 * @param print writes a line for people
 */
export function addSimulate(program: Command, print: (line: string) => void): void {
  program
    .command('simulate')
    .description(
      'Play a month of random customers, agents and crashes on a virtual clock, and check the laws.',
    )
    .option('--cases <number>', 'how many customers come', wholeNumber, 10_000)
    .option('--seed <number>', 'the same seed plays the same month', wholeNumber, 1)
    .option('--ladder <file>', 'another ladder than that of relevo.yaml')
    .action(async ({ cases, seed, ladder: file }: { cases: number; seed: number; ladder?: string }) => {
      const ladder = file === undefined ? readConfig().ladder : await ladderIn(file);
      const [{ lawful, renderScorecard }, { simulate }] = await Promise.all([
        import('../simulation/scorecard.ts'),
        import('../simulation/simulate.ts'),
      ]);
      const rules = { ...ladder, say: (language: string, key: string) => `${language}:${key}` };
      let shown = 0;
      const card = await simulate({ cases, seed, rules, boundTo: ladder.agentBrands }, (share) => {
        const percent = Math.floor(share * 10) * 10;
        if (percent <= shown) return;
        shown = percent;
        if (process.stderr.isTTY)
          process.stderr.write(`\r${Math.min(100, percent)} %${percent >= 100 ? '\n' : ''}`);
      });
      print(renderScorecard(card));
      if (!lawful(card)) process.exitCode = 1;
    });
}

async function ladderIn(file: string): Promise<Ladder> {
  const hint = 'Give a file like relevo.yaml; docs/ladder.md tells what it may say.';
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RelevoError('bad_settings', `${file} cannot be read`, { hint, cause });
  });
  const read = parseLadder(text, file);
  if ('ladder' in read) return read.ladder;
  const faults = `the ladder has ${read.faults.length} fault(s):\n  ${read.faults.join('\n  ')}`;
  throw new RelevoError('bad_settings', faults, { hint });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/u.test(text) && value >= 0 && value <= most) return value;
  throw new InvalidArgumentError(`expected a whole number up to ${most}.`);
}
