import type { Logger } from 'pino';
import type { Channel } from '../channels/channel.ts';
import type { Conversation } from '../core/conversation.ts';
import type { Commit } from '../core/event.ts';
import { effectName } from '../core/event.ts';
import type { Ids } from '../core/ids.ts';
import type { Media } from '../core/message.ts';
import type { EffectResult, LeasedEffect, Outbox } from '../store/outbox.ts';
import { fileOf, outboundOf } from './outbound.ts';
import { afterFailure } from './retry.ts';
import { type SendPartsDeps, sendParts } from './send-parts.ts';

/** What delivering needs. */
export interface DeliveryDeps extends SendPartsDeps {
  readonly outbox: Pick<Outbox, 'lease' | 'settle' | 'progress' | 'release' | 'markDone'>;
  /** A running channel by name; undefined when it is switched off. */
  readonly channel: (name: string) => Channel | undefined;
  /** The conversation as it stands, no older than a commit of it: where its customer is. */
  readonly stateOf: (conversation: string, seq: number) => Promise<Conversation>;
  /** Puts a case before a tier's people; resolves when the queue has it. */
  readonly offer: (conversation: string, seq: number) => Promise<void>;
  /** Takes down that a file is to be fetched for a conversation; resolves once that is durable. */
  readonly expect: (media: Media, state: Conversation, seq: number) => Promise<void>;
  /** Does what a commit's event at a place means for calls; resolves once that is durable. Absent: there are no calls. */
  readonly call?: ((commit: Commit, event: number) => Promise<void>) | undefined;
  /** Asks to be woken for a conversation's effects at a moment, epoch milliseconds. */
  readonly wakeAt: (conversation: string, seq: number, at: number) => void;
  /** How long a worker holds a conversation's effects, in milliseconds: 60,000 unless told. */
  readonly leaseMs?: number;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Carries effects out of the store, in order for each conversation (law 6). */
export interface Delivery {
  /** Does what is due of a conversation's effects. Harmless when nothing is. */
  deliver(conversation: string): Promise<void>;
  /**
   * Does a fresh commit's effects at once where the customer's client reads the log itself.
   * @returns false when they need `deliver`
   */
  nudge(commit: Commit, after: Conversation): boolean;
  /** Begins nothing new: what is being sent is finished, and the rest is given back for another process to send at once. */
  drain(): void;
}

/** A lease's first half is for beginning calls, its second for their end: longer than any channel's own time limit. */
const defaultLeaseMs = 60_000;

/** Builds the delivery. It marks an effect `sending` before it calls anybody, so that a crash leaves no doubt unseen. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { outbox, channel, clock, log, leaseMs = defaultLeaseMs } = deps;
  let draining = false;

  async function attempt(
    effect: LeasedEffect,
    state: Conversation,
    lease: string,
    alive: () => boolean,
  ): Promise<EffectResult | null> {
    try {
      const asked = effect.commit.effects[effect.index];
      if (asked?.kind === 'call') {
        await deps.call?.(effect.commit, asked.event);
        return { kind: 'done', externalId: null };
      }
      const file = fileOf(effect.commit, effect.index);
      if (file !== null) {
        await deps.expect(file, state, effect.commit.seq);
        return { kind: 'done', externalId: null };
      }
      const message = outboundOf(effect.commit, effect.index, state);
      if (message === null) {
        await deps.offer(effect.commit.conversation, effect.commit.seq);
        return { kind: 'done', externalId: null };
      }
      const name = state.reach.channel;
      const by = channel(name);
      if (by === undefined) return { kind: 'failed', error: `the channel ${name} is switched off` };
      const progress = (externalId: string) => outbox.progress(effect.name, lease, externalId);
      const result = await sendParts(by, message, effect, { alive, progress }, deps);
      if (result !== null && result.kind !== 'done' && result.error !== null) {
        log.warn({ effect: effect.name, attempt: effect.attempt, error: result.error }, 'an effect failed');
      }
      return result;
    } catch (error) {
      log.warn({ effect: effect.name, attempt: effect.attempt, err: error }, 'an effect failed');
      return afterFailure(error, effect.attempt, clock.now());
    }
  }

  async function deliver(conversation: string): Promise<void> {
    // A lease gives a part of a long row at a time: it is asked for again until nothing is due.
    while (await deliverSome(conversation));
  }

  /** @returns whether more may be due */
  async function deliverSome(conversation: string): Promise<boolean> {
    const lease = deps.ids.id();
    const leasedAt = clock.now();
    const alive = () => clock.now() < leasedAt + leaseMs / 2;
    const effects = await outbox.lease(conversation, lease, leasedAt, leasedAt + leaseMs);
    if (effects.length === 0) return false;
    const state = await deps.stateOf(conversation, effects.at(-1)?.commit.seq ?? 0);
    for (const [position, effect] of effects.entries()) {
      const result = await attempt(effect, state, lease, alive);
      const kept = result !== null && (await outbox.settle(effect.name, lease, result));
      if (!kept) {
        log.warn({ effect: effect.name }, 'the lease was lost: somebody else goes on');
        return false;
      }
      if (result.kind === 'retry') {
        const later = effects.slice(position + 1).map(({ name }) => name);
        await outbox.release(later, lease);
        deps.wakeAt(conversation, effect.commit.seq, result.notBefore);
        return false;
      }
      const next = effects[position + 1];
      if (draining && next !== undefined) {
        await outbox.release(
          effects.slice(position + 1).map(({ name }) => name),
          lease,
        );
        deps.wakeAt(conversation, next.commit.seq, clock.now());
        return false;
      }
    }
    return !draining;
  }

  function nudge(commit: Commit, after: Conversation): boolean {
    const by = channel(after.reach.channel);
    if (by === undefined || !by.can.readsLog) return false;
    const messages = commit.effects.map((_, index) => outboundOf(commit, index, after));
    if (messages.some((message) => message === null)) return false;
    const sends = messages.map((message) => (message === null ? null : by.send(message)));
    Promise.all(sends)
      .then(() => outbox.markDone(commit.effects.map((_, index) => effectName(commit, index))))
      .catch((error: unknown) =>
        log.warn({ conversation: commit.conversation, err: error }, 'left to the sweeper'),
      );
    return true;
  }

  return {
    deliver,
    nudge,
    drain() {
      draining = true;
    },
  };
}
