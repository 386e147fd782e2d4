import { type Command, Option } from 'commander';
import { phraseBook } from '../bot/phrases/phrase-book.ts';
import { countGrades, runGolden } from '../kb/golden-run.ts';
import { trainContent } from '../kb/proof.ts';
import { formatSynonyms, parseSynonyms } from '../kb/synonym-file.ts';
import { createWordWork } from '../kb/workbench/word-work.ts';
import { setWrongRate } from '../kb/workbench/wrong-rate.ts';
import { contentOf, readText, writeText } from './base-files.ts';
import type { WithStore } from './context.ts';
import { share } from './share.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

const tried = [0.01, 0.02, 0.05, 0.1, 0.2];

/** Adds `kb wrong-rate` and `kb synonyms`: what decides beside the articles. */
export function addGate(kb: Command, { withStore, print }: WithStore): void {
  kb.command('wrong-rate')
    .description('show, set or try out the largest share of questions that may be answered wrongly')
    .argument('[share]', 'sets it in the draft: above 0 and below 1, such as 0.05', share)
    .option('--try', 'show what several shares make of the golden questions', false)
    .action((wanted: number | undefined, options: { try: boolean }) =>
      withStore(async ({ bases, audit }) => {
        if (wanted !== undefined)
          await setWrongRate({ bases, writeDown: writeDownIn(audit) }, commandWriter(), wanted);
        const draft = await bases.draft();
        const current = await bases.current();
        const published =
          current === null ? '' : `, version ${current.version} ${percent(current.wrongRate)}`;
        print(`at most ${percent(draft.wrongRate)} wrong answers in the draft${published}`);
        if (!options.try) return;
        print('at most  right  asked back  handed over  wrong');
        for (const wrongRate of tried) {
          const counts = countGrades(runGolden(trainContent({ ...draft, wrongRate }), draft.golden));
          const cells = [
            percent(wrongRate).padStart(7),
            String(counts.right).padStart(7),
            String(counts['asked back']).padStart(12),
            String(counts['handed over']).padStart(13),
            String(counts.wrong).padStart(7),
          ];
          print(cells.join(''));
        }
      }),
    );

  const synonyms = kb
    .command('synonyms')
    .description(
      'words that mean the same to your customers: kept with the base, used to group gaps and to find duplicates',
    );
  synonyms
    .command('import')
    .description("make the draft's synonyms those of a file")
    .argument('<file>', 'one group a line: "es: módem, router, cajita"')
    .action((file: string) =>
      withStore(async ({ bases, audit }) => {
        const groups = parseSynonyms(await readText(file), file);
        const work = createWordWork({ bases, book: phraseBook, writeDown: writeDownIn(audit) });
        await work.setSynonyms(commandWriter(), formatSynonyms(groups));
        print(`draft: ${groups.length} groups of synonyms`);
      }),
    );
  const published = () => new Option('--published', 'of the published version').default(false);
  synonyms
    .command('list')
    .description('list the synonyms of the draft')
    .addOption(published())
    .action((options: { published: boolean }) =>
      withStore(async ({ bases }) => {
        const { content, from } = await contentOf(bases, !options.published);
        for (const line of formatSynonyms(content.synonyms).split('\n').slice(0, -1)) print(line);
        print(`${content.synonyms.length} groups of synonyms, ${from}`);
      }),
    );
  synonyms
    .command('export')
    .description('write the synonyms of the draft to a file, which an import reads back')
    .argument('<file>', 'is written over')
    .addOption(published())
    .action((file: string, options: { published: boolean }) =>
      withStore(async ({ bases }) => {
        const { content, from } = await contentOf(bases, !options.published);
        await writeText(file, formatSynonyms(content.synonyms));
        print(`${content.synonyms.length} groups of synonyms written to ${file}, ${from}`);
      }),
    );
}

function percent(value: number): string {
  return `${Number((value * 100).toFixed(2))} %`;
}
