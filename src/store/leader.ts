import type { Logger } from 'pino';
import type { Duties, Leader, Leadership } from '../core/leadership.ts';

/** What leading with duties is made of. */
export interface LeaderDeps {
  readonly leadership: Leadership;
  readonly duties: Duties;
  /** What it leads, for the log. */
  readonly name: string;
  readonly log: Logger;
  /** At which level the log hears who leads; `info` when left out. Among several processes it is news. */
  readonly newsLevel?: 'info' | 'debug';
  /** Calls back again and again and gives the way to end it: `setInterval` unless a test drives it. */
  readonly every?: (run: () => void, everyMs: number) => () => void;
}

/** Makes a leader. It looks as often as it claims, so duties go on for a while at most after the leading has ended. */
export function createLeader({
  leadership,
  duties,
  name,
  log,
  newsLevel = 'info',
  every = systemEvery,
}: LeaderDeps): Leader {
  let active = false;
  let last: Promise<void> = Promise.resolve();
  let looking = false;
  let cancel: (() => void) | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    if (!stopped) {
      await leadership.claim().catch((error: unknown) => {
        if (!leadership.leads()) log.warn({ err: error, name }, 'who leads could not be settled');
      });
    }
    const leads = leadership.leads() && !stopped;
    if (leads === active) return;
    active = leads;
    log[newsLevel](
      { name, fence: leadership.fence() },
      leads ? 'this process leads now' : 'this process leads no more',
    );
    await (leads ? duties.begin() : duties.end()).catch((error: unknown) =>
      log.error(
        { err: error, name },
        leads ? 'what the leader does did not begin' : 'it did not end as it should',
      ),
    );
  }

  /** One look at a time: duties may take longer to begin than the pause between two looks. Claiming goes on meanwhile. */
  function lookSoon(): void {
    if (looking) {
      leadership.claim().catch(() => undefined);
      return;
    }
    looking = true;
    last = look().finally(() => {
      looking = false;
    });
  }

  return {
    leads: leadership.leads,
    async start() {
      stopped = false;
      lookSoon();
      cancel ??= every(lookSoon, leadership.everyMs);
      await last;
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await last;
      // Still leading: so long as the duties end, nobody else may begin with them.
      await look();
      cancel?.();
      cancel = null;
      await leadership
        .leave()
        .catch((error: unknown) =>
          log.warn({ err: error, name }, 'the lead was not handed on: its lease runs out'),
        );
    },
  };
}

function systemEvery(run: () => void, everyMs: number): () => void {
  const timer = setInterval(run, everyMs).unref();
  return () => clearInterval(timer);
}
