#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { RelevoError } from '../core/errors.ts';
import { addDoctor } from './doctor.ts';
import { addKbCommands } from './kb.ts';
import { createLog } from './log.ts';
import { addSimulate } from './simulate.ts';
import { addStart } from './start.ts';
import { addStore } from './store.ts';
import { addToken } from './token.ts';
import { withStore } from './with-store.ts';

/** The exit code of wrong usage, as shells have it. */
const wrongUsage = 2;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('relevo')
  .description('Support that answers first with a bot and hands over to a person without losing a word.')
  .version(version)
  .showHelpAfterError('(relevo --help shows what there is)')
  .exitOverride();

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const context = {
  print,
  withStore: <T>(use: Parameters<typeof withStore<T>>[2]) =>
    withStore(readConfig(), pino({ level: 'warn' }, pino.destination(2)), use),
};

addStart(program, { version, print, createLog });
addDoctor(program, print);
addKbCommands(program, context);
addStore(program, context);
addSimulate(program, print);
addToken(program, context);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : wrongUsage;
  } else if (error instanceof RelevoError) {
    process.stderr.write(`relevo: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    process.exitCode = error.code === 'bad_usage' ? wrongUsage : 1;
  } else {
    throw error;
  }
}
