import type { BotDecision, Command } from '../../src/core/command.ts';
import type { Agent, Conversation } from '../../src/core/conversation.ts';
import { deadlineOf } from '../../src/core/conversation.ts';
import { decide } from '../../src/core/decide.ts';
import type { Actor, Commit } from '../../src/core/event.ts';
import { effectsOf } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import { conversationId } from '../../src/core/ids.ts';
import type { Address } from '../../src/core/message.ts';
import { addressKey } from '../../src/core/message.ts';
import type { Rules } from '../../src/core/rules.ts';
import type { Store } from '../../src/store/store.ts';
import { rules } from '../core/rules.ts';

/** When every story begins. */
export const start = 1_800_000_000_000;

/** An agent to take cases. */
export const ana: Agent = { id: 'ana', name: 'Ana' };

/** Another one. */
export const leo: Agent = { id: 'leo', name: 'Leo' };

const branded: Rules = { ...rules, brandOf: ({ account }) => (account === 'main' ? null : account) };

let people = 0;

/** A customer nobody has heard of. @param account `main`, or the name of the company that it is one of */
export function newCustomer(account = 'main'): Address {
  people += 1;
  return { channel: 'webchat', account, user: `visitor-${process.pid}-${people}` };
}

/** A commit that could be stored, and the conversation after it. */
export interface Prepared {
  readonly commit: Commit;
  readonly after: Conversation;
}

/** The bot answers; the customer is to speak. */
export const answer: BotDecision = {
  language: 'es',
  say: [
    {
      text: 'Reinicie el router.',
      options: [],
      sources: [{ article: 'no-internet', title: 'Sin internet' }],
    },
  ],
  action: { kind: 'wait' },
  memory: { dialog: 'root' },
  outcome: { kind: 'answered', article: 'no-internet', confidence: 0.9, version: 1 },
  intake: null,
};

/** The bot says something and hands over. */
export const handOver: BotDecision = { ...answer, action: { kind: 'hand-over', reason: 'asked' } };

/** Decides a command on a conversation and makes the commit, without storing it. */
export function prepare(
  before: { state: Conversation; seq: number } | null,
  conversation: string,
  command: Command,
  at: number,
  key: string | null,
): Prepared {
  const decided = decide(before?.state ?? null, command, branded, at);
  if ('refused' in decided) throw new Error(`refused: ${decided.refused.code}`);
  const { events } = decided;
  const seq = (before?.seq ?? 0) + 1;
  const commit: Commit = {
    conversation,
    seq,
    at,
    by: actorOf(command),
    key,
    events,
    effects: effectsOf(events),
  };
  const after = evolveCommit(before?.state ?? null, commit);
  if (after === null) throw new Error('a commit without events');
  return { commit, after };
}

/** One customer's conversation, told step by step; each step is stored and checked to be. */
export function createStory(store: Store, address: Address, options: { ordinal?: number; at?: number } = {}) {
  const { ordinal = 1 } = options;
  const id = conversationId(addressKey(address), ordinal);
  let at = options.at ?? start;
  let messages = 0;

  async function next(command: Command, key: string | null = null): Promise<Prepared> {
    return prepare(await store.log.load(id), id, command, at, key);
  }

  async function act(command: Command, key: string | null = null): Promise<Prepared> {
    const prepared = await next(command, key);
    const result = await store.log.append(prepared.commit, prepared.after);
    if (result !== 'stored') throw new Error(`${command.type} was not stored: ${result}`);
    return prepared;
  }

  async function message(
    text: string,
    key?: string,
  ): Promise<[Extract<Command, { type: 'receive' }>, string]> {
    messages += 1;
    const externalId = key ?? `${addressKey(address)}:${ordinal}:${messages}`;
    const known = await store.log.load(id);
    return [
      {
        type: 'receive',
        message: {
          key: externalId,
          externalId,
          address,
          gesture: { kind: 'message', content: { kind: 'text', text } },
          customerName: 'Eva',
        },
        meaning: null,
        start: known === null ? { ordinal, number: await store.log.nextNumber(), language: 'es' } : null,
      },
      externalId,
    ];
  }

  return {
    id,
    address,
    /** Time passes. */
    wait(ms: number): void {
      at += ms;
    },
    act,
    /** Makes the commit of a command without storing it. */
    next,
    /** The customer writes. */
    writes: async (text: string, key?: string) => act(...(await message(text, key))),
    /** The customer says that it is solved. */
    async confirms(): Promise<Prepared> {
      const [command, key] = await message('sí');
      return act({ ...command, meaning: { kind: 'yes' } }, key);
    },
    /** Makes the commit of a message without storing it. */
    nextWrites: async (text: string, key?: string) => next(...(await message(text, key))),
    /** The bot takes its turn. */
    async botDecides(decision: BotDecision): Promise<Prepared> {
      const snapshot = await store.log.load(id);
      return act({ type: 'bot-turn', throughSeq: snapshot?.seq ?? 0, decision });
    },
    claims: (agent: Agent) => act({ type: 'claim', agent }),
    replies: (agent: Agent, text: string) => act({ type: 'reply', agent, text }),
    solves: (agent: Agent) =>
      act({
        type: 'solve',
        agent,
        logbook: { understanding: 'a', plan: 'b', execution: 'c', results: 'd' },
      }),
    /** The deadline passes. */
    async rings(): Promise<Prepared> {
      const found = await store.log.load(id);
      if (found === null) throw new Error('nothing to ring for');
      const deadline = deadlineOf(found.state.stage);
      if (deadline === null) throw new Error('no deadline');
      at = Math.max(at, deadline.at);
      return act({ type: 'timer', deadline });
    },
  };
}

function actorOf(command: Command): Actor {
  if ('agent' in command) return { kind: 'agent', agent: command.agent };
  if (command.type === 'receive') return { kind: 'customer' };
  return command.type === 'timer' ? { kind: 'clock' } : { kind: 'bot' };
}
