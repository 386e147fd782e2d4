import type { Opts, Telegram } from 'telegraf/types';

/** How long a call may take unless it says otherwise, in milliseconds. */
export const callTimeoutMs = 15_000;

/** What ends a call early. */
export interface CallLimits {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Makes one call of the Bot API.
 * @throws BotApiError
 */
export type CallBotApi = <Method extends keyof Telegram>(
  method: Method,
  payload: Opts<Method>,
  limits?: CallLimits,
) => Promise<ReturnType<Telegram[Method]>>;
