import type { Logger } from 'pino';
import type { BotDecision } from '../core/command.ts';
import type { BrandKnowledge } from '../kb/knowledge.ts';
import type { Bot, BotTurn } from './bot.ts';
import type { Engine } from './botkit/engine.ts';
import { Draft } from './draft.ts';
import { freshMemory, type Memory, readMemory } from './memory.ts';
import { type BotSay, createBotSay } from './phrases/say.ts';
import { questionsToPrepare } from './questions-to-prepare.ts';
import type { Rewriter } from './rewrite.ts';

/**
 * The bot, with Botkit as the engine of its dialogs. Botkit takes a second or two to load: it is loaded here and
 * nowhere else, so whoever has no bot to run does not wait for it.
 * @param deps the published knowledge, the log, and what puts answers into other words (null: nothing does)
 */
export async function createBotkitBot(deps: {
  readonly knowledge: BrandKnowledge;
  readonly log: Logger;
  readonly rewriter?: Rewriter | null;
  /** What is said in a company's name; absent: the catalogue's words for all. */
  readonly wordsOf?: (brand: string | null, customer?: string) => BotSay;
}): Promise<Bot> {
  const { createEngine } = await import('./botkit/engine.ts');
  const engine = createEngine();
  const usual = createBotSay();
  /** The newest turn of each conversation: Botkit loses messages that come at once, so each waits for the one before. */
  const turns = new Map<string, Promise<unknown>>();

  async function takeTurn(turn: BotTurn, signal: AbortSignal): Promise<BotDecision> {
    const memory = recall(turn, engine, deps.log);
    const { brand = null, customer } = turn;
    const knowledge = deps.knowledge.of?.(brand, customer) ?? deps.knowledge;
    const draft = new Draft(turn, memory, knowledge, deps.wordsOf?.(brand, customer) ?? usual);
    const names = turn.customerName === null ? [] : [turn.customerName];
    await knowledge.prepare?.(questionsToPrepare(draft), names, signal);
    const place = await engine.run(draft, memory.place);
    const decision = draft.decision(place);
    const { conversation, customerName } = turn;
    const question = draft.notes.question ?? draft.text;
    const asked = { conversation, question, customerName, knowledge };
    return (await deps.rewriter?.rewrite(decision, asked, signal)) ?? decision;
  }

  return {
    async take(turn, signal) {
      signal.throwIfAborted();
      const before = turns.get(turn.conversation) ?? Promise.resolve();
      const taken = settled(before).then(() => {
        signal.throwIfAborted();
        return takeTurn(turn, signal);
      });
      turns.set(turn.conversation, taken);
      try {
        return await unlessAborted(taken, signal);
      } finally {
        if (turns.get(turn.conversation) === taken) turns.delete(turn.conversation);
      }
    },
  };
}

/** A memory of another version, or none at all, is no reason to fail: the conversation starts afresh. */
function recall(turn: BotTurn, engine: Engine, log: Logger): Memory {
  if (turn.memory === null) return freshMemory;
  const memory = readMemory(turn.memory);
  if (memory === null) {
    log.warn({ conversation: turn.conversation }, 'bot memory of another format: started afresh');
    return freshMemory;
  }
  if (memory.place === null || engine.knows(memory.place)) return memory;
  log.warn({ conversation: turn.conversation }, 'bot dialog of another version: left');
  return { ...memory, place: null };
}

function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    () => undefined,
  );
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
