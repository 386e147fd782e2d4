import type { BotDecision, Command, Meaning, Refusal } from '../../src/core/command.ts';
import type { Agent, Conversation } from '../../src/core/conversation.ts';
import { deadlineOf } from '../../src/core/conversation.ts';
import { decide } from '../../src/core/decide.ts';
import type { Event } from '../../src/core/event.ts';
import { evolveCommit } from '../../src/core/evolve.ts';
import type { Content } from '../../src/core/message.ts';
import type { Rules } from '../../src/core/rules.ts';
import { rules as usual } from './rules.ts';

/** Somebody at the desk. */
export const ana: Agent = { id: 'ana', name: 'Ana' };

/** Somebody else at the desk. */
export const luis: Agent = { id: 'luis', name: 'Luis' };

/** A logbook entry with all its parts. */
export const logbook = { understanding: 'u', plan: 'p', execution: 'e', results: 'r' };

/** One conversation driven through the pure core, step by step. */
export interface Driver {
  now: number;
  /** What the next step is decided by. */
  rules: Rules;
  /** @throws Error before the first message */
  state(): Conversation;
  /** The events of the newest step. */
  readonly last: readonly Event[];
  /** What the customer was told in the newest step: phrase keys or words. */
  told(): string[];
  does(command: Command): Refusal | null;
  writes(content: string | Content, meaning?: Meaning | null): void;
  botSays(text: string, action?: BotDecision['action']): Refusal | null;
  /** Lets the next deadline pass. */
  waits(): void;
}

/** A conversation that nobody has begun. */
export function createDriver(rules: Rules = usual): Driver {
  let state: Conversation | null = null;
  let seq = 0;
  const driver: Driver & { last: readonly Event[] } = {
    now: 1_000_000,
    rules,
    last: [],
    state() {
      if (state === null) throw new Error('nobody has written yet');
      return state;
    },
    told: () =>
      driver.last.flatMap((event) => (event.type === 'said' ? [event.text.replace('es:', '')] : [])),
    does(command) {
      const decided = decide(state, command, driver.rules, driver.now);
      if ('refused' in decided) return decided.refused;
      driver.last = decided.events;
      if (decided.events.length > 0) {
        seq += 1;
        state = evolveCommit(state, { conversation: 'c', seq, at: driver.now, events: decided.events });
      }
      return null;
    },
    writes(content, meaning = null) {
      const message = {
        key: `test/${seq}`,
        externalId: `${seq}`,
        address: { channel: 'test', account: 'a', user: 'u' },
        gesture: {
          kind: 'message',
          content: typeof content === 'string' ? ({ kind: 'text', text: content } as const) : content,
        } as const,
      };
      const start = { ordinal: 1, number: 7, language: 'es' } as const;
      const refused = driver.does({ type: 'receive', message, meaning, start });
      if (refused !== null) throw new Error(`a customer was refused: ${refused.code}`);
    },
    botSays(text, action = { kind: 'wait' }) {
      const throughSeq = state?.stage.kind === 'bot' ? (state.stage.turn?.throughSeq ?? seq) : seq;
      const say = [{ text, options: [], sources: [] }];
      const outcome = { kind: 'answered' } as const;
      const decision: BotDecision = { language: 'es', say, action, memory: null, outcome, intake: null };
      return driver.does({ type: 'bot-turn', throughSeq, decision });
    },
    waits() {
      const deadline = deadlineOf(driver.state().stage);
      if (deadline === null) throw new Error('there is no deadline to wait for');
      driver.now = deadline.at;
      driver.does({ type: 'timer', deadline });
    },
  };
  return driver;
}

/** A case that waits in the first tier's queue. */
export function createCase(rules: Rules = usual, now = 1_000_000): Driver {
  const driver = createDriver(rules);
  driver.now = now;
  driver.writes('it does not work');
  driver.botSays('a person is coming', { kind: 'hand-over', reason: 'asked' });
  return driver;
}

/** A case that Ana has taken. */
export function createClaimed(rules: Rules = usual, now = 1_000_000): Driver {
  const driver = createCase(rules, now);
  driver.does({ type: 'claim', agent: ana });
  return driver;
}
