import type { Clock } from '../core/clock.ts';
import type { Refusal } from '../core/command.ts';
import type { Agent } from '../core/conversation.ts';
import type { Rules } from '../core/rules.ts';
import type { Conversations } from '../store/conversations.ts';
import type { Cases, Cursors, Signals } from '../store/store.ts';
import { offerTo } from './routing.ts';

/** What giving out cases is made of. */
export interface NextCaseDeps {
  readonly conversations: Pick<Conversations, 'handle'>;
  readonly cases: Pick<Cases, 'list'>;
  /** Where it is kept who is away. */
  readonly cursors: Pick<Cursors, 'get' | 'set'>;
  readonly signals: Pick<Signals, 'publish'>;
  readonly clock: Clock;
  readonly rules: () => Rules;
}

/** Whether somebody takes cases now. */
export type Availability = 'available' | 'away';

/** Gives agents their next case. */
export interface NextCase {
  /** Takes the case that comes next for somebody. @returns its id, or why there is none: `away`, `at_capacity`, `nothing_waits` */
  takeNext(
    agent: Agent,
    email: string | null,
  ): Promise<{ readonly taken: string } | { readonly refused: Refusal }>;
  availability(agent: Agent): Promise<Availability>;
  /** Desks hear of it on `agent/<id>`. */
  setAvailability(agent: Agent, availability: Availability): Promise<void>;
}

/** Cases looked at: whoever stands behind so many has a later deadline than all of them. */
const maxLooked = 500;

/** Agents pull: nobody is given a case that they did not ask for, and so whoever has most to do takes fewest. */
export function createNextCase(deps: NextCaseDeps): NextCase {
  const { cases, cursors } = deps;
  const keyOf = ({ id }: Agent) => `availability/${id}`;

  async function availability(agent: Agent): Promise<Availability> {
    return (await cursors.get(keyOf(agent))) === 'away' ? 'away' : 'available';
  }

  return {
    availability,
    async setAvailability(agent, wanted) {
      await cursors.set(keyOf(agent), wanted);
      deps.signals.publish(`agent/${agent.id}`);
    },
    async takeNext(agent, email) {
      if ((await availability(agent)) === 'away') return { refused: { code: 'away' } };
      const [queue, held] = await Promise.all([
        cases.list({ stages: ['queued'], limit: maxLooked }),
        cases.list({ stages: ['claimed'], agent: agent.id, limit: maxLooked }),
      ]);
      const holds = held.map(({ state }) => state);
      const waiting = queue.map(({ state }) => state);
      const offered = offerTo({ agent, email, holds }, waiting, deps.rules(), deps.clock.now());
      if ('none' in offered) return { refused: { code: offered.none } };
      for (const { id } of offered.cases) {
        const handled = await deps.conversations.handle(
          id,
          { type: 'claim', agent },
          { kind: 'agent', agent },
        );
        // Somebody else was faster: the next one, then.
        if (handled.kind !== 'refused') return { taken: id };
      }
      return { refused: { code: 'nothing_waits' } };
    },
  };
}
