import { SendError } from '../core/errors.ts';
import type { EffectResult } from '../store/outbox.ts';

/** The first wait before a failed send is tried again, in milliseconds; it doubles each time. */
const firstWaitMs = 1_000;

/** The longest wait between two tries, in milliseconds. */
const longestWaitMs = 5 * 60_000;

/** Tries before a send is given up and shown to people: with the waits above, about an hour. */
const maxAttempts = 20;

/** How often a platform is asked what became of a send, and how long between: about a minute in all. */
const asks = 5;
const askAgainMs = 15_000;

/**
 * What to do after a send failed. Pure.
 * @param attempt which try failed, from 1
 * @param now epoch milliseconds
 */
export function afterFailure(error: unknown, attempt: number, now: number): EffectResult {
  const text = error instanceof Error ? error.message : String(error);
  const refused = error instanceof SendError ? error : null;
  // What is no answer of the platform's leaves open whether it got the message.
  const unknown = refused?.unknown ?? true;
  if (refused?.retryAfterMs !== undefined) {
    return { kind: 'retry', notBefore: now + refused.retryAfterMs, error: text, waited: true };
  }
  if (refused?.permanent || attempt >= maxAttempts) return { kind: 'failed', error: text };
  const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return { kind: 'retry', notBefore: now + waitMs, error: text, unknown };
}

/**
 * What to do with a send of which the platform says nothing. Pure.
 * @param attempt how often it was taken up, from 1
 * @param canBeAsked whether waiting may bring news
 * @returns `send`: once more, at the risk of saying it twice
 */
export function afterUnknown(
  attempt: number,
  canBeAsked: boolean,
  policy: 'resend' | 'hold',
  now: number,
): EffectResult | 'send' {
  if (canBeAsked && attempt <= asks) {
    return { kind: 'retry', notBefore: now + askAgainMs, error: unknownOutcome, unknown: true };
  }
  return policy === 'resend' ? 'send' : { kind: 'failed', error: unknownOutcome };
}

/** What is written on a held message: people decide. */
export const unknownOutcome =
  'unknown_outcome: it may have gone out before we lost sight of it; it was not sent again';

/** What is written on a message that was sent once more without knowing whether it had gone out. */
export const sentAgain = 'unknown_outcome: it may have gone out twice';
