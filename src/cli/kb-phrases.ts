import { type Command, Option } from 'commander';
import { phraseBook } from '../bot/phrases/phrase-book.ts';
import { type Language, languages } from '../core/language.ts';
import { createWordWork } from '../kb/workbench/word-work.ts';
import type { WithStore } from './context.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

/** Adds `kb phrases`: what the bot and Relevo say in other words than usual. */
export function addPhrases(kb: Command, { withStore, print }: WithStore): void {
  const language = () =>
    new Option('--language <code>', 'of the customers').choices(languages).default('es' satisfies Language);
  const phrases = kb
    .command('phrases')
    .description('what the bot says, in words of your own: part of a version, as the articles are');
  phrases
    .command('list')
    .description('list what is said in other words than usual')
    .addOption(language())
    .option('--all', 'also what is said as usual, with the values that it may mention', false)
    .action((options: { language: Language; all: boolean }) =>
      withStore(async ({ bases, audit }) => {
        const work = createWordWork({ bases, book: phraseBook, writeDown: writeDownIn(audit) });
        const all = await work.phrases(options.language);
        const own = all.filter(({ draft, published }) => draft !== null || published !== null);
        for (const { key, usual, draft, published, values } of options.all ? all : own) {
          const mentioned = values.map((value) => ` {${value}}`).join('');
          const state = draft === published ? (draft === null ? '' : '  published') : '  draft';
          print(`${options.language}/${key}${state}${options.all ? `  may mention${mentioned}` : ''}`);
          print(`  ${draft ?? usual}`);
        }
        print(`${own.length} of ${all.length} phrases in other words than usual`);
      }),
    );
  phrases
    .command('set')
    .description('say something in other words, in the draft')
    .argument('<key>', 'which phrase, as in "relevo kb phrases list --all"')
    .argument('[text]', 'what is said, with values in braces such as {number}; left out: as usual again')
    .addOption(language())
    .option('--reason <text>', 'why, for the audit log', '')
    .action((key: string, text: string | undefined, options: { language: Language; reason: string }) =>
      withStore(async ({ bases, audit }) => {
        const work = createWordWork({ bases, book: phraseBook, writeDown: writeDownIn(audit) });
        await work.setPhrase(commandWriter(options.reason), {
          language: options.language,
          key,
          text: text ?? null,
        });
        const found = (await work.phrases(options.language)).find((one) => one.key === key);
        print(
          found?.draft == null
            ? `draft: ${options.language}/${key} is said as usual`
            : `draft: ${options.language}/${key} is said as "${found.draft}"`,
        );
        print('Customers read it once it is published: "relevo kb publish".');
      }),
    );
}
