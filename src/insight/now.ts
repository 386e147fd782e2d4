import type { Clock } from '../core/clock.ts';
import { deadlineOf } from '../core/conversation.ts';
import { hoursOf, type Rules } from '../core/rules.ts';
import type { Presence } from '../escalation/presence.ts';
import type { Staff } from '../escalation/staff.ts';
import type { Cases } from '../store/cases.ts';
import type { Outbox } from '../store/outbox.ts';
import type { Quarantine } from '../store/quarantine.ts';

/** A channel and whether it works. */
export interface ChannelHealth {
  readonly name: string;
  readonly title: string;
  readonly state: 'starting' | 'on' | 'fault' | 'elsewhere';
}

/** What seeing how things are now is made of. */
export interface NowDeps {
  readonly cases: Pick<Cases, 'counts' | 'unconfirmed' | 'moves' | 'withBot' | 'held' | 'list'>;
  readonly staff: Pick<Staff, 'all'>;
  readonly presence: Pick<Presence, 'away'>;
  readonly outbox: Pick<Outbox, 'failed'>;
  readonly quarantine: Pick<Quarantine, 'count'>;
  readonly channels: () => readonly ChannelHealth[];
  readonly rules: () => Rules;
  readonly clock: Clock;
}

/** A tier and its queue. */
export interface TierNow {
  readonly level: number;
  readonly name: string;
  readonly queued: number;
  readonly claimed: number;
  /** Solved, and the customer has not said so yet. */
  readonly solved: number;
  /** The case whose time is over first; null: nobody waits. */
  readonly next: { readonly number: number; readonly at: number } | null;
  /** When its people are back; null: they are here. */
  readonly opensAt: number | null;
}

/** Somebody who works at the desks. */
export interface AgentNow {
  readonly id: string;
  readonly name: string;
  readonly away: boolean;
  /** Cases they hold in which the next move is theirs. */
  readonly held: number;
}

/** What somebody should look at now. */
export type Alarm =
  /** A case at the top of the ladder that nobody took in time, and how often it rang. */
  | { readonly kind: 'top'; readonly number: number; readonly tier: number; readonly rang: number }
  | { readonly kind: 'channel'; readonly name: string; readonly title: string }
  /** Messages that were given up; `more`: there are others. */
  | { readonly kind: 'sends'; readonly count: number; readonly more: boolean }
  | { readonly kind: 'quarantine'; readonly count: number };

/** How things are at a moment. */
export interface NowView {
  readonly at: number;
  /** Open conversations by whose move it is. */
  readonly owners: {
    readonly bot: number;
    readonly tiers: number;
    readonly agents: number;
    readonly customers: number;
    readonly vendors: number;
  };
  readonly tiers: readonly TierNow[];
  readonly agents: readonly AgentNow[];
  readonly alarms: readonly Alarm[];
}

/** Tells how things are now. */
export interface Now {
  /** @param brands whose cases are counted; absent: all */
  look(brands?: readonly string[]): Promise<NowView>;
}

const maxAlarms = 20;

/** Looks at the lists that people work from. */
export function createNow(deps: NowDeps): Now {
  const { cases, clock } = deps;
  return {
    async look(brands) {
      const at = clock.now();
      const { tiers } = deps.rules();
      const of = brands === undefined ? {} : { brands };
      const [counts, unconfirmed, moves, bot, held, staff, away, failed, quarantined] = await Promise.all([
        cases.counts(brands),
        cases.unconfirmed(brands),
        cases.moves(brands),
        cases.withBot(brands),
        cases.held(),
        deps.staff.all(),
        deps.presence.away(),
        deps.outbox.failed(maxAlarms),
        deps.quarantine.count(),
      ]);
      const count = (stage: string, tier?: number) =>
        counts
          .filter((one) => one.stage === stage && (tier === undefined || one.tier === tier))
          .reduce((sum, one) => sum + one.count, 0);
      const waiting = await Promise.all(
        tiers.map(({ level }) => cases.list({ stages: ['queued'], tier: level, limit: maxAlarms, ...of })),
      );
      const given = failed.filter(({ given: gone }) => gone).length;
      return {
        at,
        owners: {
          bot,
          tiers: count('queued'),
          agents: moves.agent,
          customers: moves.customer + count('solved'),
          vendors: moves.vendor,
        },
        tiers: tiers.map((tier, index) => {
          const first = waiting[index]?.[0]?.state;
          const deadline = first === undefined ? null : deadlineOf(first.stage);
          const hours = hoursOf(tier);
          return {
            level: tier.level,
            name: tier.name,
            queued: count('queued', tier.level),
            claimed: count('claimed', tier.level),
            solved: unconfirmed.find((one) => one.tier === tier.level)?.count ?? 0,
            next: first === undefined || deadline === null ? null : { number: first.number, at: deadline.at },
            opensAt: hours.isOpen(at) ? null : hours.opensAt(at),
          };
        }),
        agents: staff
          .map(({ ids, name }) => ({
            id: ids[0],
            name,
            away: ids.some((id) => away.has(id)),
            held: held.filter(({ agent }) => ids.includes(agent)).reduce((sum, one) => sum + one.count, 0),
          }))
          .sort((a, b) => b.held - a.held || a.name.localeCompare(b.name)),
        alarms: [
          ...waiting
            .flat()
            .flatMap(({ state: { stage, number } }): Alarm[] =>
              stage.kind === 'queued' && stage.alarms > 0
                ? [{ kind: 'top', number, tier: stage.tier, rang: stage.alarms }]
                : [],
            ),
          ...deps
            .channels()
            .flatMap(({ name, title, state }): Alarm[] =>
              state === 'fault' ? [{ kind: 'channel', name, title }] : [],
            ),
          ...(given === 0
            ? []
            : [{ kind: 'sends', count: given, more: failed.length === maxAlarms } as const]),
          ...(quarantined === 0 ? [] : [{ kind: 'quarantine', count: quarantined } as const]),
        ],
      };
    },
  };
}
