import type { Clock } from '../core/clock.ts';
import type { Refusal } from '../core/command.ts';
import type { Agent, Conversation } from '../core/conversation.ts';
import type { Lanes } from '../core/lanes.ts';
import type { Rules, Tier } from '../core/rules.ts';
import type { Cases } from '../store/cases.ts';
import type { Snapshot } from '../store/conversation-log.ts';
import { isAway, type Presence } from './presence.ts';
import { claimRefusal, type Floor, firstFor, isMember } from './routing.ts';
import type { Staff } from './staff.ts';

/** What deciding who takes cases is made of. */
export interface ClaimsDeps {
  readonly staff: Staff;
  readonly presence: Presence;
  readonly cases: Pick<Cases, 'held'>;
  /** Spares one person's claims from meeting in this process. */
  readonly lanes: Lanes;
  readonly clock: Clock;
  readonly rules: () => Rules;
}

/** Who takes cases, as it stands. */
export interface Claims {
  floor(): Promise<Floor & { readonly away: ReadonlySet<string> }>;
  /** Why somebody may not take a waiting case by hand; null: they may. */
  refusal(agent: Agent, state: Conversation): Promise<Refusal | null>;
  /** Whom each waiting case is for first, by its id: agents who are there, one of them the asking one where it is them. */
  firstFor(snapshots: readonly Snapshot[], asking: Agent): Promise<ReadonlyMap<string, readonly Agent[]>>;
  /** The agent that somebody acts as on a case: its holder, where that is the same person. */
  actingOn(state: Conversation, agent: Agent): Promise<Agent>;
  /** Whether somebody works in a tier. */
  inTier(agent: Agent, tier: Tier): Promise<boolean>;
  /** All agents that somebody is. */
  idsOf(agent: Agent): Promise<readonly string[]>;
  /** Does one thing of a person's after another: what they hold is counted before they take more. */
  alone<T>(agent: Agent, act: () => Promise<T>): Promise<T>;
}

/** How long a list may show whom cases are for as it was, in milliseconds. */
const freshMs = 2_000;

/** Reads accounts, who is away and what is held, and lets `routing.ts` decide. */
export function createClaims(deps: ClaimsDeps): Claims {
  const { staff, presence, cases, clock, rules } = deps;
  let known: { readonly at: number; readonly floor: ReturnType<Claims['floor']> } | null = null;

  async function floor() {
    const [everybody, away, held] = await Promise.all([staff.all(), presence.away(), cases.held()]);
    return { staff: everybody, present: everybody.filter((who) => !isAway(who, away)), held, away };
  }

  function recentFloor(): ReturnType<Claims['floor']> {
    const now = clock.now();
    if (known === null || now - known.at >= freshMs || now < known.at) known = { at: now, floor: floor() };
    return known.floor;
  }

  return {
    floor,
    async refusal(agent, state) {
      const [who, now] = await Promise.all([staff.of(agent), floor()]);
      return claimRefusal(who, state, now, rules());
    },
    async firstFor(snapshots, asking) {
      const waiting = snapshots.filter(({ state }) => state.stage.kind === 'queued');
      if (waiting.length === 0) return new Map();
      const now = await recentFloor();
      const agentOf = ({ ids, name }: Floor['staff'][number]): Agent =>
        ids.includes(asking.id) ? asking : { id: ids[0], name };
      return new Map(
        waiting.map(({ state }) => [state.id, firstFor(state, now, rules(), clock.now()).map(agentOf)]),
      );
    },
    async actingOn({ stage }, agent) {
      if (!('agent' in stage) || stage.agent.id === agent.id) return agent;
      const { ids } = await staff.of(agent);
      return ids.includes(stage.agent.id) ? stage.agent : agent;
    },
    inTier: async (agent, tier) => isMember(await staff.of(agent), tier),
    idsOf: async (agent) => (await staff.of(agent)).ids,
    alone: async (agent, act) => deps.lanes.run((await staff.of(agent)).ids[0], act),
  };
}
