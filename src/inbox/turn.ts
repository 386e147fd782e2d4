import type { Logger } from 'pino';
import type { Bot } from '../bot/bot.ts';
import type { BotDecision } from '../core/command.ts';
import type { Conversation } from '../core/conversation.ts';
import type { Conversations } from '../store/conversations.ts';

/** What a turn needs. */
export interface TurnDeps {
  readonly conversations: Conversations;
  readonly bot: () => Promise<Bot>;
  /** How long the bot may take, in milliseconds; below the conversation's own turn deadline. */
  readonly timeoutMs: number;
  /** Tells the customer that an answer is being written, when it takes a moment; losing it harms nobody. */
  readonly typing: (conversation: Conversation) => void;
  /** Whether a channel is read on a phone, where a long answer goes step by step. */
  readonly handheld: (channel: string) => boolean;
  readonly log: Logger;
}

/** Takes the bot's turns. */
export interface Turns {
  /**
   * Answers what a conversation's customer wrote, if the bot still owes an answer. Harmless when it does not.
   * @param seq the commit that made the turn due; 0: unknown
   */
  take(conversation: string, seq: number): Promise<void>;
  /** Ends the turns that still run: their cases go to people (law 5). */
  abort(): void;
}

/** A sign of typing that an answer overtakes is a flicker, and one more message to every open page. */
const typingAfterMs = 400;

/** A turn that throws, hangs or is cut off by a shutdown gives the case to a person (law 5). */
export function createTurns({ conversations, bot, timeoutMs, typing, handheld, log }: TurnDeps): Turns {
  const shutdown = new AbortController();

  async function decision(state: Conversation): Promise<BotDecision> {
    // Loading the bot is no part of its time: the first questions after a start wait for it.
    const ready = await cut(bot(), shutdown.signal);
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), shutdown.signal]);
    const taken = ready.take(
      {
        conversation: state.id,
        language: state.language,
        customerName: state.customerName,
        messages: state.pending.map(({ content }) => content),
        memory: state.memory,
        shown: state.shown,
        intake: state.intake,
        handheld: handheld(state.address.channel),
      },
      signal,
    );
    return await cut(taken, signal);
  }

  async function take(id: string, seq: number): Promise<void> {
    const snapshot = await conversations.peek(id, seq);
    if (snapshot === null) return;
    const { state } = snapshot;
    if (state.stage.kind !== 'bot' || state.stage.turn === null) return;
    const { throughSeq } = state.stage.turn;
    const slow = setTimeout(() => typing(state), typingAfterMs);
    const by = { kind: 'bot' } as const;
    let decided: BotDecision;
    try {
      decided = await decision(state);
    } catch (error) {
      const reason = shutdown.signal.aborted ? 'shutdown' : isTimeout(error) ? 'timeout' : 'error';
      log.error({ conversation: id, reason, err: error }, 'the bot failed a turn: handing over');
      await conversations.handle(id, { type: 'bot-failed', throughSeq, reason }, by);
      return;
    } finally {
      clearTimeout(slow);
    }
    await conversations.handle(id, { type: 'bot-turn', throughSeq, decision: decided }, by);
  }

  return { take, abort: () => shutdown.abort() };
}

/** The promise, or the signal's reason as soon as it is aborted. */
async function cut<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
