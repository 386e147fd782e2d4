import { type Command, Option } from 'commander';
import { systemClock } from '../core/clock.ts';
import { RelevoError } from '../core/errors.ts';
import { randomIds } from '../core/ids.ts';
import type { ShareRange } from '../kb/trial/evidence.ts';
import { createTrialWork, type SideFigures } from '../kb/trial/trial-work.ts';
import type { Store } from '../store/store.ts';
import type { WithStore } from './context.ts';
import { share, wholeNumber } from './share.ts';
import { commandWriter, writeDownIn } from './write-down.ts';

/** Adds `kb trial`: a version that answers some customers beside what is live. */
export function addTrial(kb: Command, { withStore, print }: WithStore): void {
  const workOn = ({ bases, cursors, log, signals, audit }: Store) =>
    createTrialWork({
      bases,
      memory: cursors,
      log,
      signals,
      writeDown: writeDownIn(audit),
      clock: systemClock,
      id: () => randomIds.id(),
    });
  const trial = kb
    .command('trial')
    .description('have a version answer some customers beside what is live, and see which does better');
  trial
    .command('start')
    .description('begin: each customer stays on one side; it stops by itself when one side is clearly worse')
    .option('--version <number>', 'what is tried; left out: the draft, frozen as a version', wholeNumber)
    .option('--share <share>', 'of customers whom it answers', share, 0.1)
    .option('--brand <name...>', 'only customers of these companies')
    .option('--reason <text>', 'why, for the audit log', '')
    .option('--force', 'also when golden questions get worse; then the reason must say why', false)
    .action(
      (options: { version?: number; share: number; brand?: string[]; reason: string; force: boolean }) => {
        if (options.force && options.reason.trim() === '')
          throw new RelevoError('bad_usage', '--force needs --reason: say why customers get it all the same');
        return withStore(async (store) => {
          const { version = null, brand = null, reason, force } = options;
          const wish = { version, share: options.share, brands: brand, force };
          const begun = await workOn(store).start(commandWriter(reason), wish);
          print(
            `version ${begun.candidate} answers ${percent(begun.share)} of customers, version ${begun.live} the others`,
          );
        });
      },
    );
  trial
    .command('status')
    .description('show what each side has done so far')
    .action(() =>
      withStore(async (store) => {
        const status = await workOn(store).status();
        if (status === null) {
          print('there was no trial yet: "relevo kb trial start"');
          return;
        }
        const { trial: one, sides, evidence, stopsAt } = status;
        const { ended } = one;
        const state =
          ended === null ? 'runs' : `ended ${new Date(ended.at).toISOString()}: ${ended.why}, by ${ended.by}`;
        print(`version ${one.candidate} beside ${one.live}, ${percent(one.share)} of customers: ${state}`);
        for (const side of ['live', 'candidate'] as const)
          for (const line of lines(side, sides[side])) print(line);
        print(
          `evidence that they differ: ${evidence.toPrecision(3)}; at ${stopsAt} the worse one is stopped (wrongly in at most 5 % of trials)`,
        );
      }),
    );
  trial
    .command('stop')
    .description('end it: drop the candidate, or make it what all are answered by')
    .addOption(new Option('--make-live', 'publish the candidate').default(false))
    .option('--reason <text>', 'why, for the audit log', '')
    .action((options: { makeLive: boolean; reason: string }) =>
      withStore(async (store) => {
        const ended = await workOn(store).end(
          commandWriter(options.reason),
          options.makeLive ? 'made-live' : 'dropped',
        );
        const live = (await store.bases.current())?.version ?? 0;
        print(
          options.makeLive
            ? `published version ${live}: that of the trial, ${ended.candidate}`
            : `dropped: version ${live} answers all customers`,
        );
      }),
    );
}

function lines(name: string, { version, customers, open, ranges, wrong }: SideFigures): string[] {
  const shares = Object.entries(ranges).map(([what, range]) => `${what} ${shown(range)}`);
  const golden = wrong === null ? [] : [`golden questions wrong ${shown(wrong.range)}`];
  return [
    `${name}: version ${version}, ${customers} customers, ${open} not decided yet`,
    `  ${[...shares, ...golden].join('; ')}`,
  ];
}

function shown(range: ShareRange | null): string {
  return range === null ? '–' : `${percent(range.share)} (${percent(range.low)} to ${percent(range.high)})`;
}

function percent(value: number): string {
  return `${Number((value * 100).toFixed(1))} %`;
}
