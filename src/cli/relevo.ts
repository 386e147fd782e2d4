#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { RelevoError } from '../core/errors.ts';
import { addAudit } from './audit.ts';
import type { WithStore } from './context.ts';
import { addDoctor } from './doctor.ts';
import { addKbCommands } from './kb.ts';
import { createLog } from './log.ts';
import { addQuarantine } from './quarantine.ts';
import { addSimulate } from './simulate.ts';
import { addStart } from './start.ts';
import { addStore } from './store.ts';
import { addToken } from './token.ts';

/** The exit code of wrong usage, as shells have it. */
const wrongUsage = 2;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('relevo')
  .description('Support that answers first with a bot and hands over to a person without losing a word.')
  .version(version)
  // What is wrong is said below, in one line.
  .configureOutput({ writeErr: () => undefined, outputError: () => undefined })
  .exitOverride();

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
// What only some commands need is loaded by them: the others answer at once.
const context: WithStore = {
  print,
  brands: () => readConfig().ladder.brands,
  async withStore(use) {
    const config = readConfig();
    const { withStore } = await import('./with-store.ts');
    return withStore(config, pino({ level: 'warn' }, pino.destination(2)), use);
  },
};

addStart(program, { version, print, createLog });
addDoctor(program, print);
addKbCommands(program, context);
addStore(program, context);
addQuarantine(program, context);
addSimulate(program, print);
addToken(program, context);
addAudit(program, context);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    if (error.exitCode !== 0) process.stderr.write(`relevo: ${misuse(error)}\n`);
    process.exitCode = error.exitCode === 0 ? 0 : wrongUsage;
  } else if (error instanceof RelevoError) {
    process.stderr.write(`relevo: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    process.exitCode = error.code === 'bad_usage' ? wrongUsage : 1;
  } else {
    throw error;
  }
}

/** What is wrong with the words of the command line, and where to read on: one line. */
function misuse({ code, message }: CommanderError): string {
  const group = groupOf(process.argv.slice(2));
  const path = group === program ? 'relevo' : `relevo ${group.name()}`;
  const known = group.commands.map((one) => one.name()).join(', ');
  const what =
    code === 'commander.help'
      ? `${path} needs a command: ${known}`
      : message.replace(/^error: /u, '').replace(/\s*\n\s*/gu, ' ');
  return `${what.replace(/\.$/u, '')} (see ${path} --help)`;
}

/** The command with commands of its own that the words name; the program itself when they name none. */
function groupOf(words: readonly string[]): Command {
  const [first] = words.filter((word) => !word.startsWith('-'));
  const named = program.commands.find((one) => one.name() === first);
  return named === undefined ? program : named;
}
