import { Command, CommanderError } from 'commander';
import { addKbCommands } from '../../src/cli/kb.ts';
import { RelevoError } from '../../src/core/errors.ts';
import type { Store } from '../../src/store/store.ts';

/** What a command printed, and the code of the error that it ended with. */
export interface Ran {
  readonly lines: readonly string[];
  readonly code: string | null;
  readonly message: string;
}

/** `relevo kb …` on a store. */
export function kbOn(store: Store) {
  return async (...words: string[]): Promise<Ran> => {
    const lines: string[] = [];
    const program = new Command('relevo').exitOverride().configureOutput({
      writeOut: (text) => lines.push(text),
      writeErr: () => undefined,
    });
    addKbCommands(program, { withStore: (use) => use(store), print: (line) => lines.push(line) });
    try {
      await program.parseAsync(['kb', ...words], { from: 'user' });
      return { lines, code: null, message: '' };
    } catch (error) {
      if (error instanceof CommanderError || error instanceof RelevoError)
        return { lines, code: error.code, message: error.message };
      throw error;
    }
  };
}
