import type { BotDecision } from '../core/command.ts';
import type { Json } from '../core/json.ts';
import type { Language } from '../core/language.ts';
import type { Intake } from '../core/logbook.ts';
import type { Content, Source } from '../core/message.ts';

/** What the bot is given for one turn. */
export interface BotTurn {
  readonly conversation: string;
  /** The conversation's language so far. */
  readonly language: Language;
  readonly customerName: string | null;
  /** The customer's messages since the bot last spoke, oldest first; at least one. */
  readonly messages: readonly Content[];
  /** What the bot returned as `memory` last time; null at first and after a person gave the conversation back. */
  readonly memory: Json;
  /** Articles shown before in this conversation. */
  readonly shown: readonly Source[];
  /** What the customer was asked before an earlier hand-over: never asked again. */
  readonly intake: Intake | null;
  /** What the bot does not know it may ask people of ours before it hands over. False when absent. */
  readonly mayAsk?: boolean;
  /** A person of ours has answered what the bot asked them, and the customer has read it. False when absent. */
  readonly personAnswered?: boolean;
  /** The company the customer wrote to; absent, or null: the only one. */
  readonly brand?: string | null;
  /** The customer's address as text: with a trial it decides which version answers. Absent: what is live. */
  readonly customer?: string;
  /** Nobody of ours answers the customer here: whatever is handed over ends with that. False when absent. */
  readonly alone?: boolean;
  /** People of ours can see what the customer shows them in a video call. False when absent. */
  readonly mayCall?: boolean;
  /** Read on a phone: a long answer goes step by step. False when absent. */
  readonly handheld?: boolean;
}

/**
 * Answers customers. It decides and does nothing: what it returns is said and done by a commit, or dropped when
 * the conversation is no longer the bot's (law 4).
 */
export interface Bot {
  /**
   * @param signal aborts when the time for a turn is over
   * @throws anything: whoever calls hands the case to a person (law 5)
   */
  take(turn: BotTurn, signal: AbortSignal): Promise<BotDecision>;
}
