import { type Command, Option } from 'commander';
import { type Clock, systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { checkLinks } from '../kb/check-links.ts';
import { trainEngine } from '../kb/engine/engine.ts';
import { lint } from '../kb/lint.ts';
import { readLog } from '../kb/read-log.ts';
import { contentOf } from './base-files.ts';
import { brandsKnown, type WithStore } from './context.ts';
import { wholeNumber } from './share.ts';

const dayMs = 24 * 3_600_000;

/** Adds `kb lint`: what makes a base answer badly. */
export function addLint(kb: Command, context: WithStore, clock: Clock = systemClock): void {
  const { withStore, print } = context;
  kb.command('lint')
    .description('look for what makes the draft answer badly, one line each: <article> <rule>: <what to do>')
    .option('--published', 'look at the published version', false)
    .option('--strict', 'exit code 1 when anything is found', false)
    .option('--links', 'also ask every link whether it is there; private networks are not asked', false)
    .addOption(
      new Option('--days <n>', 'an article that nobody saw in so many days is told')
        .default(90)
        .argParser(wholeNumber),
    )
    .action((options: { published: boolean; strict: boolean; links: boolean; days: number }) =>
      withStore(async ({ bases, log }) => {
        const { content } = await contentOf(bases, !options.published);
        const now = clock.now();
        const reading = await readLog(log, now - options.days * dayMs, now + 1);
        // Before as many turns as articles, most were not needed yet.
        const enough = reading.turns() >= new Set(content.articles.map(({ id }) => id)).size;
        const shown = enough ? { counts: reading.shown(), days: options.days } : null;
        const found = lint(content, {
          train: (articles) => trainEngine(articles),
          shown,
          ...brandsKnown(context),
        });
        if (options.links) found.push(...(await checkLinks(content.articles)));
        for (const { place, rule, message } of found) print(`${place} ${rule}: ${message}`);
        print(`${content.articles.length} articles, ${found.length} finding(s)`);
        if (options.strict && found.length > 0)
          throw new RelevoError('kb_lint', `${found.length} finding(s) in the knowledge base`);
      }),
    );
}
