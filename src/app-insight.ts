import { DateTime } from 'luxon';
import type { Logger } from 'pino';
import { openRounds, type Rounds } from './app-rounds.ts';
import type { Clock } from './core/clock.ts';
import type { Duties, Leader } from './core/leadership.ts';
import { hoursOf, ladderOf, type Rules, tierAt } from './core/rules.ts';
import type { Presence } from './escalation/presence.ts';
import type { Staff } from './escalation/staff.ts';
import type { InsightDeps } from './http/routes/insight.ts';
import { createFactKeeper } from './insight/fact-keeper.ts';
import { createInsight } from './insight/insight.ts';
import { createNow, type NowDeps } from './insight/now.ts';
import { reportCsv } from './insight/report-csv.ts';
import type { Ladder } from './ladder-file.ts';
import type { Store } from './store/store.ts';

/** What reports are made of. */
export interface AppInsightDeps {
  readonly store: Pick<Store, 'log' | 'facts' | 'cases' | 'outbox' | 'quarantine'>;
  readonly staff: Staff;
  readonly presence: Presence;
  /** How each channel is doing. */
  readonly channels: NowDeps['channels'];
  /** As relevo.yaml says now. */
  readonly ladder: () => Ladder;
  readonly rules: () => Rules;
  /** Leads with duties; null where this process never leads. */
  readonly leaderOf: (name: string, duties: Duties) => Leader | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Reports, how things are now, and what keeps them up to the log. */
export interface AppInsight extends InsightDeps, Rounds {}

/** How old a report's figures may be. */
const refreshMs = 15_000;

/** Makes reports, which one process keeps up to the log. */
export function openInsight(deps: AppInsightDeps): AppInsight {
  const { store, staff, presence, channels, ladder, rules, leaderOf, clock, log } = deps;
  const local = (at: number) => DateTime.fromMillis(at, { zone: ladder().timeZone });
  const dayOf = (at: number) => local(at).toFormat('yyyy-MM-dd');
  const keeper = createFactKeeper({
    log: store.log,
    facts: store.facts,
    hoursBetween: ({ brand }, level, from, to) =>
      hoursOf(tierAt(ladderOf(rules(), { brand, plan: null }), level)).between(from, to),
    dayOf,
    hourOf: (at) => local(at).hour,
    clock,
  });
  const rounds = openRounds(
    {
      name: 'insight',
      work: keeper.refresh,
      failure: 'reports could not be brought up to the log',
      everyMs: refreshMs,
    },
    { leaderOf },
    log,
  );
  return {
    insight: createInsight(store.facts, () => dayOf(clock.now())),
    csv: reportCsv,
    now: createNow({ ...store, staff, presence, channels, rules, clock }),
    brandsOf: async (agent) => (await staff.of(agent)).brands,
    ...rounds,
  };
}
