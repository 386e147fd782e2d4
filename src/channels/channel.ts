import type { InboundMessage, OutboundMessage } from '../core/message.ts';

/** What a channel can do. Whoever writes to it asks these flags, never its name. */
export interface Capabilities {
  /** Characters in one message; a longer text is split at sentence ends, never cut. */
  readonly maxTextLength: number;
  /** Buttons under one message; 0 when options must be numbered lines. */
  readonly maxButtons: number;
  /** Whether "the bot is writing" can be shown. */
  readonly typing: boolean;
  /** Whether sending the same named message twice shows it once: then an unknown outcome is simply sent again. */
  readonly repeatable: boolean;
  /** Whether the customer's client reads the log itself, in its order: then a send is only a nudge. */
  readonly readsLog: boolean;
}

/** What became of a message handed in. */
export interface Receipt {
  readonly conversation: string;
  /** Whether it had been stored before: the platform delivered it again. */
  readonly duplicate: boolean;
}

/** Stores a message; resolves once it is durable, and only then may the platform be acknowledged (law 1). */
export type Receive = (message: InboundMessage) => Promise<Receipt>;

/** A way customers write to us. One folder each; everything outside it is channel-agnostic (law 8). */
export interface Channel {
  /** Its name in the registry, and the channel of every address it makes. */
  readonly name: string;
  readonly can: Capabilities;
  /** Begins to listen. @param receive stores one message */
  start(receive: Receive): Promise<void>;
  /**
   * Sends once and never retries: the outbox does.
   * @returns the platform's id of the message
   * @throws SendError with `retryAfterMs` where the platform said so
   */
  send(message: OutboundMessage): Promise<{ externalId: string }>;
  /** Shows that an answer is being written. Only where `can.typing`; losing it harms nobody. */
  typing?(user: OutboundMessage['to']): void;
  /** Takes a platform's call. Checks the platform's signature itself; 401 when it is wrong. */
  readonly webhook?: (request: Request) => Promise<Response>;
  /** Stops listening. Calling it twice is fine. */
  stop(): Promise<void>;
}
