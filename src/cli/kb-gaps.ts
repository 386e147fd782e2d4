import { type Command, Option } from 'commander';
import type { BaseContent } from '../core/article.ts';
import { type Clock, systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { changeDraft } from '../kb/draft.ts';
import type { Engine } from '../kb/engine/types.ts';
import { findGaps, type Gap } from '../kb/gap.ts';
import { type Accepted, acceptAsArticle, acceptAsExample } from '../kb/gap-accept.ts';
import { proposeFor } from '../kb/gap-proposal.ts';
import { showGap } from '../kb/gap-report.ts';
import { trainContent } from '../kb/proof.ts';
import { readLog } from '../kb/read-log.ts';
import type { Store } from '../store/store.ts';
import type { WithStore } from './context.ts';
import { wholeNumber } from './share.ts';

const dayMs = 24 * 3_600_000;

/** Adds `kb gaps` and its commands: what the bot did not answer, and what to do about it. */
export function addGaps(kb: Command, { withStore, print }: WithStore, clock: Clock = systemClock): void {
  const gaps = kb
    .command('gaps')
    .description(
      'questions of the last days that were not answered, disliked, or ended with a person: grouped, the most costly first',
    )
    .addOption(new Option('--days <n>', 'how far to look back').default(30).argParser(wholeNumber))
    .addOption(new Option('--limit <n>', 'how many groups to show').default(20).argParser(wholeNumber))
    .action((options: { days: number; limit: number }) =>
      withStore(async (store) => {
        const { found, engine } = await find(store, options.days);
        for (const [place, gap] of found.slice(0, options.limit).entries())
          for (const line of showGap(gap, proposeFor(gap, engine), place + 1)) print(line);
        const questions = found.reduce((sum, gap) => sum + gap.questions.length, 0);
        print(
          found.length === 0
            ? `no gaps in the last ${options.days} days`
            : `${found.length} gaps with ${questions} questions in the last ${options.days} days`,
        );
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
        const gap = await one(store, id, options.days);
        const accepted = await changeDraft(store.bases, (before) => {
          const done =
            options.exampleFor === undefined
              ? acceptAsArticle(before, gap, article)
              : acceptAsExample(before, gap, article);
          return { content: done.content, result: done };
        });
        const action = options.exampleFor === undefined ? 'article' : 'example';
        await settle(store, gap, action, article);
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
        const gap = await one(store, id, days);
        await settle(store, gap, 'dismissed', reason.trim());
        print(`dismissed ${gap.id}: ${gap.questions.length} question(s)`);
      }),
    );

  async function find(store: Store, days: number) {
    const now = clock.now();
    const reading = await readLog(store.log, now - days * dayMs, now + 1);
    const draft = await store.bases.draft();
    const engine = trainedWhenAsked(draft);
    const settled = await store.gaps.settled();
    return { found: findGaps(reading.missed(), { engine, settled, synonyms: draft.synonyms }), engine };
  }

  async function one(store: Store, id: string, days: number): Promise<Gap> {
    const gap = (await find(store, days)).found.find((candidate) => candidate.id === id);
    if (gap === undefined)
      throw new RelevoError('kb_gap_unknown', `there is no gap "${id}" in the last ${days} days`, {
        hint: '"relevo kb gaps" lists them; give the same --days.',
      });
    return gap;
  }

  async function settle(
    store: Store,
    { id, questions }: Gap,
    action: 'example' | 'article' | 'dismissed',
    detail: string,
  ): Promise<void> {
    await store.gaps.settle({
      id,
      at: clock.now(),
      action,
      detail,
      questions: questions.map(({ name }) => name),
    });
  }
}

/** Where nothing was missed nothing needs to be trained. */
function trainedWhenAsked(content: BaseContent): Engine {
  let engine: Engine | null = null;
  return {
    decide(question, language) {
      engine ??= trainContent(content);
      return engine.decide(question, language);
    },
  };
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
