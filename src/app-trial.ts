import type { Logger } from 'pino';
import type { AppRoles } from './app-roles.ts';
import type { TrialWork } from './kb/trial/trial-work.ts';

/** How often a trial is counted, and may be stopped. */
const everyMs = 15_000;

/** Has one process of the installation count the trial that runs, and stop it when its rule says so. */
export function watchTrial(
  trials: Pick<TrialWork, 'watch'>,
  { leaderOf }: Pick<AppRoles, 'leaderOf'>,
  log: Logger,
): { start(): Promise<void>; stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let rounds: NodeJS.Timeout | undefined;

  function look(): void {
    running ??= trials
      .watch()
      .catch((error: unknown) => log.warn({ err: error }, 'the trial could not be counted'))
      .finally(() => {
        running = null;
      });
  }

  const leader = leaderOf('trial', {
    async begin() {
      look();
      rounds ??= setInterval(look, everyMs).unref();
    },
    async end() {
      clearInterval(rounds);
      rounds = undefined;
      await running;
    },
  });
  return {
    start: async () => await leader?.start(),
    stop: async () => await leader?.stop(),
  };
}
