import { readFile, writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Article } from '../core/article.ts';
import { systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { type Language, languages } from '../core/language.ts';
import { trainEngine } from '../kb/engine/engine.ts';
import { evaluate, parseEngineArticles, parseQuestions } from '../kb/evaluation.ts';
import { exportArticles } from '../kb/export.ts';
import { importArticles } from '../kb/import.ts';
import { baseTopic, type Published, publishDraft, rollBack } from '../kb/publish.ts';
import type { Bases, Store } from '../store/store.ts';
import type { WithStore } from './context.ts';

const by = 'relevo kb';

/** Adds `kb` and its commands to a program. Faults leave them as RelevoError. */
export function addKbCommands(program: Command, context: WithStore): void {
  const kb = program
    .command('kb')
    .description('the knowledge base: a draft that is edited, and the versions published from it');
  addDraftCommands(kb, context);
  addVersionCommands(kb, context);
  addReadingCommands(kb, context);
  addEvaluate(kb, context);
}

function addDraftCommands(kb: Command, { withStore, print }: WithStore): void {
  kb.command('import')
    .description('put articles from a folder of Markdown files or a CSV file into the draft: all or nothing')
    .argument('<path>', 'a folder (read at any depth), a .csv or a .md file')
    .option('--replace', 'the draft becomes exactly the import: other articles leave it', false)
    .option('--publish', 'publish the draft afterwards', false)
    .action((path: string, options: { replace: boolean; publish: boolean }) =>
      withStore(async (store) => {
        const done = await importArticles(store.bases, path, options);
        for (const file of done.skipped) print(`skipped ${file}: no front matter`);
        print(
          `draft: ${done.added} added, ${done.changed} changed, ${done.unchanged} unchanged, ${done.removed} removed`,
        );
        if (!options.publish) return;
        try {
          print(published(store, await publishDraft(partsOf(store), { by, comment: `Import of ${path}` })));
        } catch (error) {
          if (!(error instanceof RelevoError && error.code === 'kb_nothing_to_publish')) throw error;
          print(error.message);
        }
      }),
    );
  kb.command('publish')
    .description('publish the draft as a new version: from then on it answers')
    .option('--comment <text>', 'what is new in it', '')
    .action((options: { comment: string }) =>
      withStore(async (store) =>
        print(published(store, await publishDraft(partsOf(store), { by, comment: options.comment }))),
      ),
    );
}

function addVersionCommands(kb: Command, { withStore, print }: WithStore): void {
  kb.command('rollback')
    .description(
      'publish the articles of an earlier version again, as a new version; the draft stays as it is',
    )
    .argument('<version>', 'its number, as in "relevo kb versions"', versionNumber)
    .action((version: number) =>
      withStore(async (store) => {
        const done = await rollBack(partsOf(store), version, { by });
        print(`${published(store, done)}: those of version ${version}`);
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
            `${one.version}  ${at}  ${one.articleCount} articles  ${one.publishedBy}  ${one.comment}`.trim(),
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
        const { articles, from } = await articlesOf(bases, options.draft);
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
        const { articles, from } = await articlesOf(bases, options.draft);
        await exportArticles(articles, folder);
        print(`${articles.length} articles written to ${folder}, ${from}`);
      }),
    );
}

function addEvaluate(kb: Command, { print }: WithStore): void {
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
    .action(async (options: { kb: string; questions: string; out: string; wrongRate: number }) => {
      const articles = parseEngineArticles(await read(options.kb), options.kb);
      const questions = parseQuestions(await read(options.questions), options.questions);
      const train = () => trainEngine(articles, { wrongRate: options.wrongRate, seed: 1 });
      const { lines, summary } = evaluate(train, articles, questions);
      const text = lines.map((line) => `${line}\n`).join('');
      await writeFile(options.out, text).catch((cause: unknown) => {
        throw new RelevoError('file_unwritable', `${options.out} cannot be written`, { cause });
      });
      print(JSON.stringify(summary));
    });
}

async function articlesOf(
  bases: Bases,
  draft: boolean,
): Promise<{ articles: readonly Article[]; from: string }> {
  if (draft) return { articles: (await bases.draft()).articles, from: 'draft' };
  const current = await bases.current();
  if (!current)
    throw new RelevoError('kb_unpublished', 'nothing was published yet', {
      hint: 'Add --draft for the draft, or publish it with "relevo kb publish".',
    });
  return { articles: current.articles, from: `version ${current.version}` };
}

function partsOf({ bases }: Store) {
  return { bases, clock: systemClock };
}

/** Tells the processes that answer, and says what was done. */
function published(store: Store, { version, articleCount }: Published): string {
  store.signals.publish(baseTopic);
  return `published version ${version} with ${articleCount} articles`;
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RelevoError('file_unreadable', `${file} cannot be read`, { cause });
  });
}

function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new InvalidArgumentError('expected a version number, such as 3');
  return Number(text);
}

function share(text: string): number {
  const value = /^\d*\.?\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value < 1))
    throw new InvalidArgumentError('expected a share between 0 and 1, such as 0.05');
  return value;
}
