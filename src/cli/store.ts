import type { Command } from 'commander';
import type { WithStore } from './context.ts';

/** Adds `relevo store rebuild`. */
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
}
