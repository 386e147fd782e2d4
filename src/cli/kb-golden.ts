import type { Command } from 'commander';
import { Option } from 'commander';
import { formatGolden, parseGolden } from '../kb/golden-file.ts';
import { orphanedGolden } from '../kb/golden-run.ts';
import { showQuestion } from '../kb/proof-report.ts';
import { createGoldenWork } from '../kb/workbench/golden-work.ts';
import { contentOf, readText, writeText } from './base-files.ts';
import type { WithStore } from './context.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

/** Adds `kb golden` and its commands. */
export function addGolden(kb: Command, { withStore, print }: WithStore): void {
  const golden = kb
    .command('golden')
    .description('the golden questions: what must go on being answered rightly, or handed over');
  golden
    .command('import')
    .description('put questions from a file into the draft: all or nothing; known ones are replaced')
    .argument('<file>', 'JSON lines {"q", "language", "article": id, or null for a person}')
    .option('--replace', "the draft's golden questions become exactly the import", false)
    .action((file: string, options: { replace: boolean }) =>
      withStore(async ({ bases, audit }) => {
        const incoming = parseGolden(await readText(file), file);
        const work = createGoldenWork({ bases, writeDown: writeDownIn(audit) });
        const { added, draft } = await work.add(commandWriter(), incoming, options.replace);
        print(`draft: ${draft.golden.length} golden questions, ${added} of them new`);
        for (const one of orphanedGolden(draft).slice(0, 20))
          print(`no such article in the draft: ${showQuestion(one)}`);
      }),
    );
  golden
    .command('list')
    .description('list the golden questions of the draft')
    .addOption(new Option('--published', 'of the published version').default(false))
    .action((options: { published: boolean }) =>
      withStore(async ({ bases }) => {
        const { content, from } = await contentOf(bases, !options.published);
        for (const one of content.golden) print(showQuestion(one));
        print(`${content.golden.length} golden questions, ${from}`);
      }),
    );
  golden
    .command('export')
    .description('write the golden questions of the draft to a file, which an import reads back')
    .argument('<file>', 'is written over')
    .addOption(new Option('--published', 'of the published version').default(false))
    .action((file: string, options: { published: boolean }) =>
      withStore(async ({ bases }) => {
        const { content, from } = await contentOf(bases, !options.published);
        await writeText(file, formatGolden(content.golden));
        print(`${content.golden.length} golden questions written to ${file}, ${from}`);
      }),
    );
}
