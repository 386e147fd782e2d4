import type { Logger } from 'pino';
import type { Bot } from '../bot/bot.ts';
import type { Clock } from '../core/clock.ts';
import type { BotDecision } from '../core/command.ts';
import type { Conversation } from '../core/conversation.ts';
import { addressKey } from '../core/message.ts';
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
  /** Whether the bot may ask a tier's people before it hands over; absent: never. */
  readonly mayAsk?: (conversation: Conversation) => boolean;
  /** Whether nobody of ours answers a customer where they write; absent: somebody does. */
  readonly alone?: (conversation: Conversation) => boolean;
  /** Whether video calls can be offered; absent: never. */
  readonly mayCall?: () => boolean;
  /** How long a channel's customers are given to write on, in milliseconds. */
  readonly pauseMs: (channel: string) => number;
  readonly clock: Clock;
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

/** Pauses that a burst may take in all before it is answered. */
const maxPauses = 5;

/** A turn that throws, hangs or is cut off by a shutdown gives the case to a person (law 5). */
export function createTurns(deps: TurnDeps): Turns {
  const { conversations, bot, timeoutMs, typing, handheld, log } = deps;
  const shutdown = new AbortController();

  async function decision(ready: Bot, state: Conversation): Promise<BotDecision> {
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
        handheld: handheld(state.reach.channel),
        mayAsk: deps.mayAsk?.(state) ?? false,
        mayCall: deps.mayCall?.() ?? false,
        brand: state.brand,
        customer: addressKey(state.address),
        alone: deps.alone?.(state) ?? false,
        personAnswered: state.botAsked === 'answered',
      },
      signal,
    );
    return await cut(taken, signal);
  }

  /**
   * Whether the customer has written on since the message whose pause is over: then that one's pause is waited for,
   * but not for ever.
   */
  function burstGoesOn({ reach, pending }: Conversation, seq: number): boolean {
    const pauseMs = deps.pauseMs(reach.channel);
    const [oldest] = pending;
    const newest = pending.at(-1);
    if (pauseMs === 0 || seq === 0 || oldest === undefined || newest === undefined) return false;
    return newest.seq > seq && deps.clock.now() - oldest.at < pauseMs * maxPauses;
  }

  async function take(id: string, seq: number): Promise<void> {
    const snapshot = await conversations.peek(id, seq);
    if (snapshot === null) return;
    const { state } = snapshot;
    if (state.stage.kind !== 'bot' || state.stage.turn === null) return;
    const { throughSeq } = state.stage.turn;
    if (burstGoesOn(state, seq)) return;
    const slow = setTimeout(() => typing(state), typingAfterMs);
    let ready: Bot | null = null;
    const by = { kind: 'bot' } as const;
    let decided: BotDecision;
    try {
      // Loading the bot is no part of its time: the first questions after a start wait for it.
      ready = await cut(bot(), shutdown.signal);
      decided = await decision(ready, state);
    } catch (error) {
      // Nothing of the turn was begun: another process takes it, or this one once it is started again.
      if (shutdown.signal.aborted && ready === null) return;
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
