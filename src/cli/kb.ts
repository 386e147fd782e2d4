import { type Command, Option } from 'commander';
import { RelevoError } from '../core/errors.ts';
import { type Language, languages } from '../core/language.ts';
import { exportArticles } from '../kb/export.ts';
import { importArticles } from '../kb/import.ts';
import { writeImported } from '../kb/workbench/article-work.ts';
import { contentOf } from './base-files.ts';
import { brandsKnown, type WithStore } from './context.ts';
import { addEvaluate } from './kb-evaluate.ts';
import { addGaps } from './kb-gaps.ts';
import { addGate } from './kb-gate.ts';
import { addGolden } from './kb-golden.ts';
import { addLint } from './kb-lint.ts';
import { addPhrases } from './kb-phrases.ts';
import { addRehearse } from './kb-rehearse.ts';
import { addTest, type PublishOptions, publish, publishingOn } from './kb-test.ts';
import { addTrial } from './kb-trial.ts';
import { wholeNumber } from './share.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

/** Adds `kb` and its commands to a program. Faults leave them as RelevoError. */
export function addKbCommands(program: Command, context: WithStore): void {
  const kb = program
    .command('kb')
    .description('the knowledge base: a draft that is edited, and the versions published from it');
  addDraftCommands(kb, context);
  addVersionCommands(kb, context);
  addReadingCommands(kb, context);
  addTest(kb, context);
  addGolden(kb, context);
  addGate(kb, context);
  addPhrases(kb, context);
  addTrial(kb, context);
  addRehearse(kb, context);
  addGaps(kb, context);
  addLint(kb, context);
  addEvaluate(kb, context);
}

function addDraftCommands(kb: Command, { withStore, print, ...context }: WithStore): void {
  kb.command('import')
    .description('put articles from a folder of Markdown files or a CSV file into the draft: all or nothing')
    .argument('<path>', 'a folder (read at any depth), a .csv or a .md file')
    .option('--replace', 'the draft becomes exactly the import: other articles leave it', false)
    .option('--publish', 'publish the draft afterwards', false)
    .action((path: string, options: { replace: boolean; publish: boolean }) =>
      withStore(async (store) => {
        const done = await importArticles(store.bases, path, { ...options, ...brandsKnown(context) });
        await writeImported(writeDownIn(store.audit), commandWriter(), done.put, options.replace);
        for (const file of done.skipped) print(`skipped ${file}: no front matter`);
        print(
          `draft: ${done.added} added, ${done.changed} changed, ${done.unchanged} unchanged, ${done.removed} removed`,
        );
        if (!options.publish) return;
        try {
          await publish(store, print, { comment: `Import of ${path}`, force: false }, brandsKnown(context));
        } catch (error) {
          if (!(error instanceof RelevoError && error.code === 'kb_nothing_to_publish')) throw error;
          print(error.message);
        }
      }),
    );
  kb.command('publish')
    .description(
      'publish the draft as a new version: from then on it answers; refused when its golden questions get worse',
    )
    .option('--comment <text>', 'what is new in it', '')
    .option('--force', 'also when golden questions get worse; then the comment must say why', false)
    .action((options: PublishOptions) => {
      if (options.force && options.comment.trim() === '')
        throw new RelevoError('bad_usage', '--force needs --comment: say why it is published all the same');
      return withStore((store) => publish(store, print, options, brandsKnown(context)));
    });
}

function addVersionCommands(kb: Command, { withStore, print }: WithStore): void {
  kb.command('rollback')
    .description(
      'publish an earlier version again, as a new version, with all that it holds; the draft stays as it is',
    )
    .argument('<version>', 'its number, as in "relevo kb versions"', wholeNumber)
    .option('--reason <text>', 'why, for the list of versions and the audit log', '')
    .action((version: number, options: { reason: string }) =>
      withStore(async (store) => {
        const done = await publishingOn(store).rollBack(commandWriter(options.reason), version);
        print(
          `published version ${done.version} with ${done.articleCount} articles: those of version ${version}`,
        );
      }),
    );
  kb.command('versions')
    .description('list the published versions, newest first')
    .action(() =>
      withStore(async ({ bases }) => {
        const versions = await bases.versions();
        if (versions.length === 0) print('nothing was published yet');
        for (const one of versions) {
          const at = new Date(one.publishedAt).toISOString();
          print(
            `${one.version}  ${at}  ${one.articleCount} articles  ${one.publishedBy}  ${one.candidate ? '(for a trial) ' : ''}${one.comment}`.trim(),
          );
        }
      }),
    );
}

function addReadingCommands(kb: Command, { withStore, print }: WithStore): void {
  const draft = () => new Option('--draft', 'of the draft, not of what is published').default(false);
  kb.command('list')
    .description('list the published articles')
    .addOption(new Option('--language <code>', 'only those in this language').choices(languages))
    .addOption(draft())
    .action((options: { language?: Language; draft: boolean }) =>
      withStore(async ({ bases }) => {
        const { content, from } = await contentOf(bases, options.draft);
        const { articles } = content;
        const shown = articles.filter(({ language }) => language === (options.language ?? language));
        for (const { language, id, title, examples } of shown)
          print(`${language}  ${id}  ${title}  (${examples.length} examples)`);
        print(`${shown.length} articles, ${from}`);
      }),
    );
  kb.command('export')
    .description('write the published articles as Markdown files, <folder>/<language>/<id>.md')
    .argument('<folder>', 'a new or empty folder')
    .addOption(draft())
    .action((folder: string, options: { draft: boolean }) =>
      withStore(async ({ bases }) => {
        const { content, from } = await contentOf(bases, options.draft);
        const { articles } = content;
        await exportArticles(articles, folder);
        print(`${articles.length} articles written to ${folder}, ${from}`);
      }),
    );
}
