import type { Logger } from 'pino';
import type { AppRoles } from './app-roles.ts';

/** A piece of work that one process of an installation does again and again. */
export interface Round {
  /** What it is called among all that is led. */
  readonly name: string;
  /** Of what goes wrong the log hears; the next round tries again. */
  work(): Promise<unknown>;
  /** What the log says when it goes wrong. */
  readonly failure: string;
  readonly everyMs: number;
  /** The first one is after a pause, not as soon as this process leads. */
  readonly later?: boolean;
}

/** Work that comes round. */
export interface Rounds {
  /** Resolves once it is known whether this process leads. */
  start(): Promise<void>;
  /** Begins no more of it, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Does work for as long as this process leads in it; a round that lasts longer than the pause has none beside it. */
export function openRounds(
  { name, work, failure, everyMs, later = false }: Round,
  { leaderOf }: Pick<AppRoles, 'leaderOf'>,
  log: Logger,
): Rounds {
  let running: Promise<unknown> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function round(): void {
    running ??= work()
      .catch((error: unknown) => log.warn({ err: error }, failure))
      .finally(() => {
        running = null;
      });
  }

  const leader = leaderOf(name, {
    async begin() {
      if (!later) round();
      timer ??= setInterval(round, everyMs).unref();
    },
    async end() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  });
  return {
    start: async () => await leader?.start(),
    stop: async () => await leader?.stop(),
  };
}
