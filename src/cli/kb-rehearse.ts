import type { Command } from 'commander';
import { RelevoError } from '../core/errors.ts';
import type { Played } from '../kb/rehearsal/play.ts';
import { createRehearsalWork } from '../kb/rehearsal/rehearsal-work.ts';
import type { Store } from '../store/store.ts';
import { readText } from './base-files.ts';
import type { WithStore } from './context.ts';
import { stageHere } from './rehearse-here.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

const mostCommits = 300;

/** Adds `kb rehearse` and `kb rehearsals`: scripted customers, played to the draft. */
export function addRehearse(kb: Command, { withStore, print }: WithStore): void {
  const workOn = ({ bases, log, audit }: Store) =>
    createRehearsalWork({
      ...stageHere,
      bases,
      commitsOf: (conversation) => log.commits(conversation, 0, mostCommits),
      writeDown: writeDownIn(audit),
    });
  kb.command('rehearse')
    .description(
      'play the scripted customers to the draft, and show where it breaks; exit code 1 when it does',
    )
    .argument('[name]', 'only this one')
    .action((name: string | undefined) =>
      withStore(async (store) => {
        const played = await workOn(store).play(name ?? null);
        if (played.length === 0)
          print('the draft has no rehearsals: "relevo kb rehearsals put" takes one from a file');
        for (const one of played) for (const line of shown(one)) print(line);
        const broken = played.filter(({ passed }) => !passed);
        if (broken.length > 0)
          throw new RelevoError(
            'kb_rehearsal_broken',
            `${broken.length} of ${played.length} rehearsals break`,
          );
      }),
    );
  const rehearsals = kb.command('rehearsals').description('the scripted customers of the draft');
  rehearsals
    .command('list')
    .description('list them')
    .action(() =>
      withStore(async (store) => {
        const found = await workOn(store).list();
        for (const { name, language, turns } of found.rehearsals)
          print(`${language}  ${name}  ${turns.length} turns`);
        const required = found.mustRehearse
          ? 'nothing is published in which one breaks'
          : 'publishing asks none';
        print(`${found.rehearsals.length} rehearsals; ${required}`);
      }),
    );
  rehearsals
    .command('put')
    .description('put a scripted customer into the draft, in place of the one of its name')
    .argument('<file>', 'YAML with name, language and turns')
    .action((file: string) =>
      withStore(async (store) => {
        const { name, turns } = await workOn(store).put(commandWriter(), await readText(file));
        print(`draft: ${name}, ${turns.length} turns`);
      }),
    );
  rehearsals
    .command('show')
    .description('print one as it is written')
    .argument('<name>')
    .action((name: string) =>
      withStore(async (store) => {
        const work = workOn(store);
        const found = (await work.list()).rehearsals.find((one) => one.name === name);
        if (found === undefined)
          throw new RelevoError('kb_rehearsal_unknown', `the draft has no rehearsal "${name}"`);
        print(work.textOf(found).trimEnd());
      }),
    );
  rehearsals
    .command('remove')
    .description('take one out of the draft')
    .argument('<name>')
    .action((name: string) =>
      withStore(async (store) => {
        await workOn(store).remove(commandWriter(), name);
        print(`draft: ${name} removed`);
      }),
    );
  rehearsals
    .command('from-case')
    .description('print a past conversation as a scripted customer, without personal data')
    .argument('<conversation>', 'its id, as in the address of the case')
    .argument('<name>', 'what it is to be called')
    .action((conversation: string, name: string) =>
      withStore(async (store) => {
        const work = workOn(store);
        print(work.textOf(await work.fromCase(conversation, name)).trimEnd());
      }),
    );
  rehearsals
    .command('require')
    .description('publish nothing in which one breaks; "no" takes that back')
    .argument('[answer]', 'yes or no', 'yes')
    .action((answer: string) =>
      withStore(async (store) => {
        if (answer !== 'yes' && answer !== 'no') throw new RelevoError('bad_usage', 'expected yes or no');
        await workOn(store).require(commandWriter(), answer === 'yes');
        print(
          answer === 'yes'
            ? 'draft: nothing is published in which one breaks'
            : 'draft: publishing asks none',
        );
      }),
    );
}

function shown({ name, passed, turns }: Played): string[] {
  const lines = turns.map(({ customer, happened, faults }) => {
    const state = faults.length > 0 ? 'BROKE' : happened === null ? '  –  ' : '  ok ';
    return `  ${state}  ${customer.replace(/\s+/gu, ' ').slice(0, 80)}${faults.map((fault) => `\n         ${fault}`).join('')}`;
  });
  return [`${passed ? 'passed' : 'broke'}  ${name}`, ...lines];
}
