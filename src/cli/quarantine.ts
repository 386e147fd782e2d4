import type { Command } from 'commander';
import { RelevoError } from '../core/errors.ts';
import type { WithStore } from './context.ts';

const listed = 200;

/** Adds `relevo quarantine [list|show KEY|drop KEY]`. */
export function addQuarantine(program: Command, { withStore, print }: WithStore): void {
  const quarantine = program.command('quarantine').description('What platforms sent and nobody could read.');

  quarantine
    .command('list', { isDefault: true })
    .description('List it, newest first.')
    .action(async () => {
      const [items, count] = await withStore(({ quarantine: all }) =>
        Promise.all([all.list(listed), all.count()]),
      );
      if (count === 0) print('Nothing is in quarantine.');
      for (const { key, at, reason, characters } of items) {
        print(
          `${new Date(at).toISOString()}  ${harmless(key)}  ${characters} characters  ${harmless(reason)}`,
        );
      }
      if (count > items.length) print(`… and ${count - items.length} older ones`);
    });

  quarantine
    .command('show')
    .argument('<key>', 'as it is listed')
    .description('Print one as it came; control characters are made visible.')
    .action(async (key: string) => {
      const found = await withStore(({ quarantine: all }) => all.get(key));
      if (found === null) throw nothingThere(key);
      print(harmless(found.raw));
    });

  quarantine
    .command('drop')
    .argument('<key>', 'as it is listed')
    .description('Throw one away for good.')
    .action(async (key: string) => {
      if (!(await withStore(({ quarantine: all }) => all.drop(key)))) throw nothingThere(key);
      print('Dropped.');
    });
}

/** Somebody else wrote it: nothing in it may move the terminal's cursor or change its title. */
function harmless(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function nothingThere(key: string): RelevoError {
  return new RelevoError(
    'no_such_quarantine',
    `There is nothing of the key ${harmless(key)} in quarantine.`,
    {
      hint: 'relevo quarantine lists what there is.',
    },
  );
}
