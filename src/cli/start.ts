import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { Logger } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { type Role, roles } from '../role.ts';
import { keepCompiledCode } from './compiled-code.ts';
import { makeDataFolder } from './data-folder.ts';

/** What starting needs. */
export interface StartContext {
  readonly version: string;
  readonly print: (line: string) => void;
  readonly createLog: (config: Config) => Promise<Logger>;
}

/** Adds `relevo start`. The server is loaded only then: the other commands answer at once. */
export function addStart(program: Command, { version, print, createLog }: StartContext): void {
  program
    .command('start')
    .description(
      'Run Relevo: pages, bot, queue and, without DATABASE_URL, its own database. Ctrl-C stops it.',
    )
    .addOption(
      new Option(
        '--role <role>',
        'what this process does: web takes what comes by HTTP, worker does the rest',
      )
        .choices(roles)
        .default('all'),
    )
    .action(async ({ role }: { role: Role }) => {
      const config = readConfig();
      await makeDataFolder(config.dataFolder);
      const keep = keepCompiledCode(join(config.dataFolder, 'compiled'));
      const { start } = await import('../main.ts');
      await start({ config, log: await createLog(config), version, role, ready: keep }, print);
    });
}
