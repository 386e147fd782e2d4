import { type Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';

const most = 1_000_000;

/**
 * Adds `relevo simulate`: a month of random cases on the ladder of relevo.yaml.
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
    .action(async ({ cases, seed }: { cases: number; seed: number }) => {
      const { tiers, limits } = readConfig().ladder;
      const [{ lawful, renderScorecard }, { simulate }] = await Promise.all([
        import('../simulation/scorecard.ts'),
        import('../simulation/simulate.ts'),
      ]);
      const rules = { tiers, limits, say: (language: string, key: string) => `${language}:${key}` };
      let shown = 0;
      const card = await simulate({ cases, seed, rules }, (share) => {
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

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/u.test(text) && value >= 0 && value <= most) return value;
  throw new InvalidArgumentError(`expected a whole number up to ${most}.`);
}
