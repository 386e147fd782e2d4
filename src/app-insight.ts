import { DateTime } from 'luxon';
import type { Logger } from 'pino';
import type { Clock } from './core/clock.ts';
import type { Duties, Leader } from './core/leadership.ts';
import { hoursOf, ladderOf, type Rules, tierAt } from './core/rules.ts';
import { createFactKeeper } from './insight/fact-keeper.ts';
import { createInsight, type Insight } from './insight/insight.ts';
import type { Ladder } from './ladder-file.ts';
import type { Store } from './store/store.ts';

/** What reports are made of. */
export interface AppInsightDeps {
  readonly store: Pick<Store, 'log' | 'facts'>;
  /** As relevo.yaml says now. */
  readonly ladder: () => Ladder;
  readonly rules: () => Rules;
  /** Leads with duties; null where this process never leads. */
  readonly leaderOf: (name: string, duties: Duties) => Leader | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Reports, and what keeps them up to the log. */
export interface AppInsight {
  readonly insight: Insight;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** How old a report's figures may be. */
const refreshMs = 10_000;

/** Makes reports, which one process keeps up to the log. */
export function openInsight({ store, ladder, rules, leaderOf, clock, log }: AppInsightDeps): AppInsight {
  const local = (at: number) => DateTime.fromMillis(at, { zone: ladder().timeZone });
  const keeper = createFactKeeper({
    log: store.log,
    facts: store.facts,
    hoursBetween: ({ brand }, level, from, to) =>
      hoursOf(tierAt(ladderOf(rules(), { brand, plan: null }), level)).between(from, to),
    dayOf: (at) => local(at).toFormat('yyyy-MM-dd'),
    hourOf: (at) => local(at).hour,
    clock,
  });
  let running: Promise<void> | null = null;
  let rounds: NodeJS.Timeout | undefined;

  function refresh(): void {
    running ??= keeper
      .refresh()
      .catch((error: unknown) => log.warn({ err: error }, 'reports could not be brought up to the log'))
      .finally(() => {
        running = null;
      });
  }

  const leader = leaderOf('insight', {
    async begin() {
      refresh();
      rounds ??= setInterval(refresh, refreshMs).unref();
    },
    async end() {
      clearInterval(rounds);
      rounds = undefined;
      await running;
    },
  });
  return {
    insight: createInsight(store.facts),
    start: async () => await leader?.start(),
    stop: async () => await leader?.stop(),
  };
}
