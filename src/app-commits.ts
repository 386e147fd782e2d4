import type { Channel } from './channels/channel.ts';
import type { Clock } from './core/clock.ts';
import { type Conversation, deadlineOf } from './core/conversation.ts';
import type { Commit } from './core/event.ts';
import { addressKey } from './core/message.ts';
import type { Delivery } from './outbox/deliver.ts';
import type { Dispatch } from './queue/dispatch.ts';
import type { Signals } from './store/signals.ts';

/** Deadlines nearer than this are queued as they are set; the sweeper brings the others when their time comes. Milliseconds. */
export const horizonMs = 15_000;

/** What hears of commits. */
export interface AppCommitsDeps {
  readonly signals: Pick<Signals, 'publish'>;
  readonly channel: (name: string) => Channel | undefined;
  readonly wake: Dispatch['wake'];
  readonly nudge: Delivery['nudge'];
  readonly clock: Clock;
}

/**
 * Every wake-up begins here; what gets lost between the store and here, the sweeper finds.
 * @returns a function of each stored commit and the conversation after it
 */
export function createAfterCommit(deps: AppCommitsDeps): (commit: Commit, after: Conversation) => void {
  const { signals, channel, wake, nudge, clock } = deps;
  return (commit, after) => {
    const { conversation, seq } = commit;
    // Desks show cases that people have or had; chats hear of the bot's and people's words as they are sent.
    if (after.lastTier !== null || after.asked > 0) signals.publish(`case/${conversation}`);
    const botOwes = after.stage.kind === 'bot' && after.stage.turn !== null;
    if (botOwes) {
      wake({ kind: 'turn', conversation, seq }, channel(after.reach.channel)?.can.pauseMs ?? 0);
    }
    // What a customer wrote is shown on their other pages with the bot's answer, or with its sign of typing.
    else if (commit.by.kind === 'customer' || commit.by.kind === 'clock') {
      signals.publish(`chat/${addressKey(after.address)}`);
    }
    if (commit.effects.length > 0 && !nudge(commit, after)) {
      wake({ kind: 'deliver', conversation, seq });
    }
    const deadline = deadlineOf(after.stage);
    const inMs = deadline === null ? Number.POSITIVE_INFINITY : deadline.at - clock.now();
    if (inMs <= horizonMs) wake({ kind: 'deadline', conversation, seq }, inMs);
  };
}
