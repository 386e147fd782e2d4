import type { Channel } from '../channels/channel.ts';
import type { Clock } from '../core/clock.ts';
import { SendError } from '../core/errors.ts';
import type { OutboundMessage } from '../core/message.ts';
import type { EffectResult, LeasedEffect } from '../store/outbox.ts';
import type { Pace } from './pace.ts';
import { afterFailure, afterUnknown, sentAgain } from './retry.ts';

/** What to do with a message of which nobody can say whether it went out. */
export type UnknownPolicy = 'resend' | 'hold';

/** What sending a message needs. */
export interface SendPartsDeps {
  readonly pace: Pace;
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  readonly sleep: (delayMs: number) => Promise<void>;
  readonly unknownPolicy: (channel: string) => UnknownPolicy;
}

/** A worker's hold of an effect. */
export interface Hold {
  /** Whether a call that begins now surely ends before anybody else may take the effect up. */
  alive(): boolean;
  /** Records that a part went out. @returns false when the hold was lost */
  progress(externalId: string): Promise<boolean>;
}

/** A wait this short is waited for; a longer one gives the place in this process to others. */
const maxSleepMs = 250;

/**
 * Sends what is left of a message, part after part. Each part that went out is recorded before the next, so that what a
 * crash or a refusal leaves undone is only the rest.
 * @returns how the effect ended; null when the lease was lost
 */
export async function sendParts(
  by: Channel,
  message: OutboundMessage,
  effect: LeasedEffect,
  { alive, progress }: Hold,
  { pace, clock, sleep, unknownPolicy }: SendPartsDeps,
): Promise<EffectResult | null> {
  const parts = by.parts?.(message) ?? [message];
  let externalId = effect.partIds.at(-1) ?? null;
  let note: string | null = null;
  let unknown = effect.unknown && !by.can.repeatable;
  for (const part of parts.slice(effect.partIds.length)) {
    const { to } = part;
    let doubted = false;
    // What may have gone out before stays in doubt until it is done: otherwise it would go out twice without a word.
    const later = (result: EffectResult): EffectResult =>
      doubted && result.kind === 'retry' ? { ...result, unknown: true } : result;
    try {
      if (unknown) {
        const found = (await by.find?.(part)) ?? 'unknown';
        if (typeof found === 'object') {
          ({ externalId } = found);
          if (!(await progress(externalId))) return null;
          unknown = false;
          continue;
        }
        if (found === 'unknown') {
          const canBeAsked = by.find !== undefined || by.can.reports;
          const wait = afterUnknown(effect.attempt, canBeAsked, unknownPolicy(by.name), clock.now());
          if (wait !== 'send') return wait;
          note = sentAgain;
          doubted = true;
        }
        unknown = false;
      }
      const at = pace.place(part.name, to, by.limits, clock.now());
      const waitMs = at - clock.now();
      if (waitMs > maxSleepMs) return later({ kind: 'retry', notBefore: at, error: null, waited: true });
      if (waitMs > 0) await sleep(waitMs);
      // Whoever was held up this long may have been followed by another.
      if (!alive()) return later({ kind: 'retry', notBefore: clock.now(), error: null, waited: true });
      pace.used(part.name);
      ({ externalId } = await by.send(part));
    } catch (error) {
      const refused = error instanceof SendError ? error : null;
      if (refused?.retryAfterMs !== undefined) {
        pace.quiet(to, refused.scope, clock.now() + refused.retryAfterMs);
      }
      return later(afterFailure(error, effect.attempt, clock.now()));
    }
    if (part !== parts.at(-1) && !(await progress(externalId))) return null;
  }
  return { kind: 'done', externalId, ...(note === null ? {} : { note }) };
}
