import { type Command, Option } from 'commander';
import { type Clock, systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { maxQuestions } from '../kb/gap.ts';
import type { Accepted } from '../kb/gap-accept.ts';
import { showGap } from '../kb/gap-report.ts';
import { createGapWork, type GapWork, type ProposedGap } from '../kb/gap-work.ts';
import { createMissedKeeper } from '../kb/missed-keeper.ts';
import { trainContent } from '../kb/proof.ts';
import { createGapDecisions, type GapDecisions } from '../kb/workbench/gap-decisions.ts';
import type { Store } from '../store/store.ts';
import type { WithStore } from './context.ts';
import { wholeNumber } from './share.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

/** Adds `kb gaps` and its commands: what the bot did not answer, and what to do about it. */
export function addGaps(
  kb: Command,
  { withStore, print, brands }: WithStore,
  clock: Clock = systemClock,
): void {
  /** What was missed is kept beside the log: only what was written since is read. */
  const missedOn = ({ log, missed }: Store) => {
    const keeper = createMissedKeeper({ log, missed, clock });
    return async (from: number) => {
      await keeper.refresh();
      return keeper.read(from, maxQuestions);
    };
  };
  const workOn = (store: Store): GapWork =>
    createGapWork({
      bases: store.bases,
      gaps: store.gaps,
      missed: missedOn(store),
      clock,
      engineOf: async (content) => trainContent(content),
      knowledgeOf: (brand) => brands?.().find(({ name }) => name === brand)?.knowledge ?? brand,
    });

  const decideOn = (store: Store): GapDecisions =>
    createGapDecisions({
      work: workOn(store),
      bases: store.bases,
      writeDown: writeDownIn(store.audit),
      written: (subject, limit) => store.audit.list({ subject, limit }),
    });

  function show(found: readonly ProposedGap[], limit: number): void {
    for (const [place, { gap, proposal }] of found.slice(0, limit).entries())
      for (const line of showGap(gap, proposal, place + 1)) print(line);
  }

  const gaps = kb
    .command('gaps')
    .description(
      'questions of the last days that were not answered, disliked, or ended with a person: grouped, the most costly first',
    )
    .addOption(new Option('--days <n>', 'how far to look back').default(30).argParser(wholeNumber))
    .addOption(new Option('--limit <n>', 'how many groups to show').default(20).argParser(wholeNumber))
    .action((options: { days: number; limit: number }) =>
      withStore(async (store) => {
        const found = await workOn(store).list(options.days);
        show(found, options.limit);
        print(told(found, 'gaps', options.days));
      }),
    );

  kb.command('proposals')
    .description(
      'the gaps that people of ours have answered: to a question of the bot or of a colleague, or with a solution they propose',
    )
    .addOption(new Option('--days <n>', 'how far to look back').default(30).argParser(wholeNumber))
    .addOption(new Option('--limit <n>', 'how many to show').default(20).argParser(wholeNumber))
    .action((options: { days: number; limit: number }) =>
      withStore(async (store) => {
        const found = (await workOn(store).list(options.days)).filter(({ gap }) => gap.proposed);
        show(found, options.limit);
        print(told(found, 'proposals', options.days));
      }),
    );

  gaps
    .command('accept')
    .description('put what a gap needs into the draft; nothing is published')
    .argument('<gap>', 'its id, as "relevo kb gaps" shows it')
    .addOption(
      new Option('--example-for <article>', 'its wordings become examples of this article').conflicts('new'),
    )
    .addOption(new Option('--new <id>', 'a new article is drafted from what the agents answered'))
    .action((id: string, _: unknown, command: Command) =>
      withStore(async (store) => {
        const options = command.optsWithGlobals<{ days: number; exampleFor?: string; new?: string }>();
        const article = options.exampleFor ?? options.new;
        if (article === undefined)
          throw new RelevoError('bad_usage', 'expected --example-for <article> or --new <id>');
        const action = options.exampleFor === undefined ? 'article' : 'example';
        const decision = { action, article } as const;
        const accepted = await decideOn(store).accept(commandWriter(), id, options.days, decision);
        for (const line of showAccepted(accepted, action)) print(line);
      }),
    );

  gaps
    .command('dismiss')
    .description('do not show a gap again, until as many have asked anew')
    .argument('<gap>', 'its id, as "relevo kb gaps" shows it')
    .requiredOption('--reason <text>', 'why nothing is to be done about it')
    .action((id: string, _: unknown, command: Command) =>
      withStore(async (store) => {
        const { days, reason } = command.optsWithGlobals<{ days: number; reason: string }>();
        if (reason.trim() === '') throw new RelevoError('bad_usage', '--reason is empty: say why');
        const gap = await decideOn(store).dismiss(commandWriter(reason), id, days);
        print(`dismissed ${gap.id}: ${gap.questions.length} question(s)`);
      }),
    );
}

function told(found: readonly ProposedGap[], what: string, days: number): string {
  const questions = found.reduce((sum, { gap }) => sum + gap.questions.length, 0);
  return found.length === 0
    ? `no ${what} in the last ${days} days`
    : `${found.length} ${what} with ${questions} questions in the last ${days} days`;
}

function showAccepted({ articles, examples, golden }: Accepted, action: 'example' | 'article'): string[] {
  const done = action === 'article' ? 'added' : 'changed';
  return [
    articles.length === 0
      ? 'draft: every example was there already'
      : `draft: ${articles.join(', ')} ${done}, with ${examples.length} example(s)`,
    ...golden.map(({ question, language, article }) => {
      const held = examples.some((example) => example.text === question) ? '' : ', not among the examples';
      return `golden question: ${language} "${question}" → ${article}${held}`;
    }),
    ...(action === 'article'
      ? [
          'It is a beginning, and may hold what was said to one customer only. Correct it first:',
          `  relevo kb export --draft <folder>, edit <folder>/${articles.join(', ')}.md, relevo kb import <that file>`,
        ]
      : []),
    'See what it changes with "relevo kb test", then publish it with "relevo kb publish".',
  ];
}
