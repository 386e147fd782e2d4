import type { BotDecision } from '../core/command.ts';
import type { Agent, Conversation } from '../core/conversation.ts';
import type { Content, OutboundMessage } from '../core/message.ts';
import { choices } from '../core/message.ts';
import { ladderOf, type Rules } from '../core/rules.ts';
import { createStaff, type Staff, slackAgentId } from '../escalation/staff.ts';
import type { Random } from './random.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What somebody does next and after how long; null: nothing more. */
export interface Next<T> {
  readonly afterMs: number;
  readonly does: T;
}

/** What a customer does about a message that they were shown. */
export function customerAfter(message: OutboundMessage, random: Random): Next<Content> | null {
  const ids = message.options.map(({ id }) => id);
  const press = (option: string, meanMs: number): Next<Content> => {
    return { afterMs: random.wait(meanMs), does: { kind: 'choice', option } };
  };
  const write = (text: string, meanMs: number): Next<Content> => {
    return { afterMs: random.wait(meanMs), does: { kind: 'text', text } };
  };
  if (ids.includes(choices.solvedYes)) {
    return random.pick<Next<Content> | null>([
      [press(choices.solvedYes, hour), 60],
      [press(choices.solvedNo, hour), 10],
      [write('it broke again', hour), 8],
      [null, 22],
    ]);
  }
  if (ids.includes(`${choices.rate}1`)) {
    return random.pick<Next<Content> | null>([
      [press(`${choices.rate}${random.int(1, 5)}`, 10 * minute), 65],
      [write('one more thing', 30 * minute), 3],
      [null, 32],
    ]);
  }
  if (ids.includes(choices.queueWait)) {
    return random.pick<Next<Content> | null>([
      [press(choices.queueWait, minute), 45],
      [press(choices.queueCallback, minute), 15],
      [press(choices.queueLeave, minute), 10],
      [null, 30],
    ]);
  }
  const callback = ids.find((id) => id.startsWith(choices.callback));
  if (callback !== undefined) {
    return random.pick<Next<Content> | null>([
      [press(callback, minute), 60],
      [write('in the afternoon', minute), 30],
      [null, 10],
    ]);
  }
  if (message.from === 'bot') {
    return random.pick<Next<Content> | null>([
      [press(choices.helped, minute), 30],
      [press(choices.notHelped, minute), 20],
      [press(choices.person, 30 * second), 15],
      [write('and another question', minute), 15],
      [null, 20],
    ]);
  }
  if (message.from === 'agent') {
    return random.pick([
      [write('thank you, I try that', 20 * minute), 55],
      [write('no change', 2 * hour), 20],
      [null, 25],
    ]);
  }
  return random.chance(0.1) ? write('hello?', 10 * minute) : null;
}

/** What a simulated bot decides: everything that a real one may. */
export function botDecision(state: Conversation, random: Random): BotDecision {
  const asked = state.pending.some(
    ({ content }) => content.kind === 'choice' && content.option === choices.person,
  );
  const pleased = state.pending.some(
    ({ content }) => content.kind === 'choice' && content.option === choices.helped,
  );
  const kind = asked
    ? 'hand-over'
    : pleased
      ? 'resolve'
      : random.pick([['wait', 70] as const, ['hand-over', 30] as const]);
  const action: BotDecision['action'] =
    kind === 'hand-over' ? { kind, reason: asked ? 'asked' : 'unknown' } : { kind };
  return {
    language: 'es',
    say: [{ text: 'an answer', options: [{ id: choices.helped, label: 'yes' }], sources: [] }],
    action,
    memory: { turns: state.number },
    outcome: { kind: 'answered' },
    intake: null,
  };
}

/** What an agent who holds a case does next. */
export type AgentMove =
  | 'reply'
  | 'note'
  | 'solve'
  | 'escalate'
  | 'return-to-bot'
  | 'vendor'
  | 'set-plan'
  | 'vanish';

/** The next move of an agent who owes an answer. */
export function agentMove(random: Random): Next<AgentMove> {
  const does = random.pick<AgentMove>([
    ['reply', 45],
    ['note', 10],
    ['solve', 32],
    ['escalate', 5],
    ['return-to-bot', 3],
    ['vendor', 3],
    ['set-plan', 4],
    ['vanish', 5],
  ]);
  return { afterMs: random.wait(6 * minute), does };
}

/** Somebody of the desk: with an account, in Slack, or both and the same person. */
export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly account: boolean;
  readonly slack: string | null;
}

const usualWorkers = 12;

/** The people of the desk: those that the ladder names, and some where it leaves a tier to everybody. Pure. */
export function workersOf(rules: Rules): readonly Worker[] {
  const ladders = [null, ...(rules.plans ?? [])].map((plan) => ladderOf(rules, { brand: null, plan }));
  const tiers = ladders.flat();
  const named = [...new Set(tiers.flatMap(({ members = [] }) => members))];
  const free = tiers.some(({ members }) => members === undefined);
  const others = Array.from({ length: free ? usualWorkers : 0 }, (_, n) => `agent-${n}@example.com`);
  return [...named, ...others].map((member, place) => ({
    id: `agent-${place}`,
    name: member,
    email: member.includes('@') ? member : `${place}@example.com`,
    account: place % 3 !== 1,
    slack: place % 3 === 0 ? null : `U${place}`,
  }));
}

/** What they are to the product. */
export function staffOf(
  workers: readonly Worker[],
  boundTo: Readonly<Record<string, readonly string[]>>,
): Staff {
  const staff = createStaff({
    accounts: {
      users: async () =>
        workers.flatMap(({ id, name, email, account }) =>
          account ? [{ id, name, email, role: 'agent', passwordHash: '', disabled: false }] : [],
        ),
    },
    slackAgents: () =>
      workers.flatMap(({ name, email, slack }) => (slack === null ? [] : [{ slack, name, email }])),
    boundTo: () => boundTo,
  });
  // Nobody is hired or leaves.
  const everybody = staff.all();
  return {
    all: () => everybody,
    async of(agent) {
      return (await everybody).find(({ ids }) => ids.includes(agent.id)) ?? (await staff.of(agent));
    },
  };
}

/** The agent that somebody acts as: on the web desk, or else, or at times, in Slack. */
export function agentOf({ id, name, account, slack }: Worker, random: Random): Agent {
  const inSlack = slack !== null && (!account || random.chance(0.5));
  return { id: inSlack ? slackAgentId(slack) : id, name };
}
