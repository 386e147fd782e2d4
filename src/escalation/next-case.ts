import type { Clock } from '../core/clock.ts';
import type { Refusal } from '../core/command.ts';
import type { Agent } from '../core/conversation.ts';
import type { Rules } from '../core/rules.ts';
import type { Cases } from '../store/cases.ts';
import type { Conversations } from '../store/conversations.ts';
import type { Claims } from './claims.ts';
import { isAway, type Presence } from './presence.ts';
import { offerTo } from './routing.ts';
import type { Staff } from './staff.ts';

/** What giving out cases is made of. */
export interface NextCaseDeps {
  readonly conversations: Pick<Conversations, 'handle'>;
  readonly cases: Pick<Cases, 'list'>;
  readonly claims: Claims;
  readonly staff: Staff;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly rules: () => Rules;
}

/** Whether somebody takes cases now, the same on every desk. */
export type Availability = 'available' | 'away';

/** Gives agents their next case. */
export interface NextCase {
  /** Takes the case that comes next for somebody. @returns its id, or why there is none: `away`, `at_capacity`, `nothing_waits` */
  takeNext(agent: Agent): Promise<{ readonly taken: string } | { readonly refused: Refusal }>;
  availability(agent: Agent): Promise<Availability>;
  /** Desks hear of it on `agent/<id>`. */
  setAvailability(agent: Agent, availability: Availability): Promise<void>;
}

/** Cases looked at: whoever stands behind so many has a later deadline than all of them. */
const maxLooked = 500;

/** Agents pull: nobody is given a case that they did not ask for, and so whoever has most to do takes fewest. */
export function createNextCase(deps: NextCaseDeps): NextCase {
  const { claims, staff, presence } = deps;

  return {
    async availability(agent) {
      const [who, away] = await Promise.all([staff.of(agent), presence.away()]);
      return isAway(who, away) ? 'away' : 'available';
    },
    async setAvailability(agent, availability) {
      await presence.setAway(await staff.of(agent), availability === 'away');
    },
    takeNext: (agent) =>
      claims.alone(agent, async () => {
        const who = await staff.of(agent);
        const only = who.brands === undefined ? {} : { brands: who.brands };
        const [floor, queue] = await Promise.all([
          claims.floor(),
          deps.cases.list({ stages: ['queued'], limit: maxLooked, ...only }),
        ]);
        if (isAway(who, floor.away)) return { refused: { code: 'away' } };
        const waiting = queue.map(({ state }) => state);
        const offered = offerTo(who, waiting, floor, deps.rules(), deps.clock.now());
        if ('none' in offered) return { refused: { code: offered.none } };
        for (const { id, stage } of offered.cases) {
          const tier = 'tier' in stage ? stage.tier : 0;
          const by = { kind: 'agent', agent } as const;
          const handled = await deps.conversations.handle(id, { type: 'claim', agent, tier }, by);
          // Somebody else was faster, or it has moved on: the next one, then.
          if (handled.kind !== 'refused') return { taken: id };
        }
        return { refused: { code: 'nothing_waits' } };
      }),
  };
}
