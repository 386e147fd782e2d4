import type { Command } from 'commander';
import pino from 'pino';
import type { WithStore } from './context.ts';

/** Adds `relevo store rebuild`, `indexes` and `copy`. */
export function addStore(program: Command, { withStore, print }: WithStore): void {
  const store = program.command('store').description('Look after what is stored.');
  store
    .command('rebuild')
    .description('Make every list and report anew from the conversations’ logs. Nothing is sent again.')
    .action(async () => {
      await withStore(async ({ rebuild }) => {
        const began = performance.now();
        const { conversations, commits } = await rebuild((read) => {
          if (process.stderr.isTTY) process.stderr.write(`\r${read} commits read`);
        });
        const seconds = ((performance.now() - began) / 1_000).toFixed(1);
        if (process.stderr.isTTY) process.stderr.write('\r');
        print(`${conversations} conversations made anew from ${commits} commits in ${seconds} s.`);
      });
    });
  store
    .command('indexes')
    .description('Make the indexes and tables that are missing, and check that all are there.')
    .action(async () => {
      await withStore(async ({ check, description }) => {
        await check();
        print(`All indexes are there: ${description}.`);
      });
    });
  store
    .command('copy')
    .description(
      'Copy everything into another, empty store. Stop Relevo first. Stopped halfway, run it again.',
    )
    .requiredOption('--from <url>', 'where everything is: postgres://… or mongodb://…')
    .requiredOption('--to <url>', 'where it is to be')
    .action(async ({ from, to }: { from: string; to: string }) => {
      const { copyStore } = await import('./store-copy.ts');
      const log = pino({ level: 'warn' }, pino.destination(2));
      const copied = await copyStore({ from, to, log }, (kind, moved) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${kind}: ${moved}        `);
      });
      if (process.stderr.isTTY) process.stderr.write('\r');
      for (const { kind, count } of copied.counts) print(`${String(count).padStart(9)} ${kind}`);
      print(`From ${copied.from}`);
      print(`to   ${copied.to}.`);
      print(`Checksum of the log in both: ${copied.checksum}`);
    });
}
