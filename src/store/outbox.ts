import type { Commit } from '../core/event.ts';
import type { Address, DeliveryReport } from '../core/message.ts';

/** An effect on its way, leased to one worker. */
export interface LeasedEffect {
  /** The effect's name, as `effectName` makes it. */
  readonly name: string;
  readonly index: number;
  readonly commit: Commit;
  /** From 1. */
  readonly attempt: number;
  /** Whether an earlier attempt at its next part ended without a known outcome: it may have gone out. */
  readonly unknown: boolean;
  /** The platform's ids of the parts that went out already. */
  readonly partIds: readonly string[];
}

/** How one attempt at an effect ended. */
export type EffectResult =
  /** `note`: what people should know of it all the same. */
  | { readonly kind: 'done'; readonly externalId: string | null; readonly note?: string }
  /** `unknown`: it may have gone out all the same. `waited`: nothing was tried, and no attempt is counted. */
  | {
      readonly kind: 'retry';
      readonly notBefore: number;
      readonly error: string | null;
      readonly unknown?: boolean;
      readonly waited?: boolean;
    }
  | { readonly kind: 'failed'; readonly error: string };

/** One effect as it stands, for screens and tests. */
export interface EffectRow {
  readonly name: string;
  readonly state: 'pending' | 'sending' | 'done' | 'failed';
  readonly attempts: number;
  /** The platform's id of what went out, the last part's where there were several. */
  readonly externalId: string | null;
  readonly error: string | null;
  /** What the platform said became of it since; null: nothing. */
  readonly receipt: 'sent' | 'delivered' | 'read' | null;
}

/** An effect that people should look at. */
export interface FailedEffect {
  readonly name: string;
  readonly conversation: string;
  /** As people call the conversation. */
  readonly number: number;
  readonly channel: string;
  /** Whether it is given up; otherwise it went out, and `error` says what is to be known. */
  readonly given: boolean;
  readonly error: string;
  /** When it was last touched, epoch milliseconds. */
  readonly at: number;
}

/** Effects of all commits and how far each has come. Order within a conversation is kept. */
export interface Outbox {
  /**
   * Leases the due effects of a conversation, oldest first, and marks them `sending` before anybody is called.
   * Stops at the first that is not due, or at a hundred: then ask again. Failed ones are passed over.
   * @param lease names this worker's hold: settling under another one is refused
   * @returns none when another lease is alive
   */
  lease(conversation: string, lease: string, now: number, leaseUntil: number): Promise<LeasedEffect[]>;
  /** Records one outcome. @returns false when the lease was lost meanwhile: nothing was written */
  settle(name: string, lease: string, result: EffectResult): Promise<boolean>;
  /** Records that the next part went out, and under which id. @returns false when the lease was lost meanwhile */
  progress(name: string, lease: string, externalId: string): Promise<boolean>;
  /** Gives back what was leased and not tried. */
  release(names: readonly string[], lease: string): Promise<void>;
  /** Records that these pending effects are done, without a lease: only for repeatable sends. */
  markDone(names: readonly string[]): Promise<void>;
  /**
   * Records what a platform says of a message: a receipt never goes back, a failure makes the effect `failed`, and a part
   * whose outcome was unknown is known to have gone out. A message nobody knows changes nothing.
   * @returns the conversation it belongs to; null when nobody knows it
   */
  report(report: DeliveryReport): Promise<string | null>;
  /** Puts a failed effect back to be sent anew. @returns false when it is not failed */
  again(name: string): Promise<boolean>;
  /** Effects that failed, or of which something is to be known, newest first: for whoever looks after all channels. */
  failed(limit: number): Promise<FailedEffect[]>;
  /** Which effect of an address's conversations went out under a platform's id; null when none did. */
  findSent(address: Address, externalId: string): Promise<string | null>;
  /** All effects of a conversation in order. */
  rows(conversation: string): Promise<EffectRow[]>;
}
