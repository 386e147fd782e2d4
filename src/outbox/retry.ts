import { SendError } from '../core/errors.ts';
import type { EffectResult } from '../store/store.ts';

/** The first wait before a failed send is tried again, in milliseconds; it doubles each time. */
const firstWaitMs = 1_000;

/** The longest wait between two tries, in milliseconds. */
const longestWaitMs = 5 * 60_000;

/** Tries before a send is given up and shown to people: with the waits above, about an hour. */
const maxAttempts = 20;

/**
 * What to do after a send failed. Pure.
 * @param attempt which try failed, from 1
 * @param now epoch milliseconds
 */
export function afterFailure(error: unknown, attempt: number, now: number): EffectResult {
  const text = error instanceof Error ? error.message : String(error);
  const refused = error instanceof SendError ? error : null;
  if (refused?.permanent || attempt >= maxAttempts) return { kind: 'failed', error: text };
  const waitMs = refused?.retryAfterMs ?? Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return { kind: 'retry', notBefore: now + waitMs, error: text };
}
