import type { Logger } from 'pino';
import type { AppRoles } from './app-roles.ts';
import type { MissedKeeper } from './kb/missed-keeper.ts';

/** How old may be what was missed, where nobody looks at it. */
const everyMs = 15_000;

/** Has one process of the installation follow the log into what was missed; who looks at gaps does so besides. */
export function followMissed(
  missed: Pick<MissedKeeper, 'refresh' | 'close'>,
  { leaderOf }: Pick<AppRoles, 'leaderOf'>,
  log: Logger,
): { start(): Promise<void>; stop(): Promise<void> } {
  let running: Promise<unknown> | null = null;
  let rounds: NodeJS.Timeout | undefined;

  function follow(): void {
    running ??= missed
      .refresh()
      .catch((error: unknown) =>
        log.warn({ err: error }, 'what was missed could not be brought up to the log'),
      )
      .finally(() => {
        running = null;
      });
  }

  const leader = leaderOf('missed', {
    async begin() {
      follow();
      rounds ??= setInterval(follow, everyMs).unref();
    },
    async end() {
      clearInterval(rounds);
      rounds = undefined;
      await running;
    },
  });
  return {
    start: async () => await leader?.start(),
    async stop() {
      missed.close();
      await leader?.stop();
    },
  };
}
