import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Command } from 'commander';
import { trainEngine } from '../kb/engine/engine.ts';
import { evaluate, parseEngineArticles, parseQuestions } from '../kb/evaluation.ts';
import { readText, writeText } from './base-files.ts';
import type { WithStore } from './context.ts';
import { share } from './share.ts';

interface Options {
  readonly kb: string;
  readonly questions: string;
  readonly out: string;
  readonly wrongRate: number;
}

/** Adds `kb evaluate`, which judges the engine on files alone. Faults leave it as RelevoError. */
export function addEvaluate(kb: Command, { print }: WithStore): void {
  kb.command('evaluate')
    .description(
      'train on a file of articles, decide on a file of questions, write the decisions; needs no store',
    )
    .requiredOption('--kb <file>', 'JSON lines {"id", "title"?, "examples"?, "answer"?, "language"?}')
    .requiredOption('--questions <file>', 'JSON lines {"q"}; labels are not read')
    .requiredOption(
      '--out <file>',
      'JSON lines {"decision", "article", "confidence", "candidates", "micros"}',
    )
    .option('--wrong-rate <share>', 'largest share of questions answered wrongly, 0 to 1', share, 0.05)
    .action(async (options: Options) => {
      const articles = parseEngineArticles(await readText(options.kb), options.kb);
      const questions = parseQuestions(await readText(options.questions), options.questions);
      const train = () => trainEngine(articles, { wrongRate: options.wrongRate, seed: 1 });
      const { lines, summary } = evaluate(train, articles, questions, collectedBytes());
      await writeText(options.out, lines.map((line) => `${line}\n`).join(''));
      print(JSON.stringify(summary));
    });
}

/** Gives what the process holds in memory once its garbage was collected, array buffers included, in bytes. */
function collectedBytes(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    // What a first collection only marks as unreachable, a second frees.
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
}
