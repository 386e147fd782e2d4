import type { Clock } from '../core/clock.ts';
import { deadlineOf } from '../core/conversation.ts';
import type { Conversations } from '../store/conversations.ts';

/**
 * Rings a conversation's deadline, if it is still its own and due: what a timer's job does (law 6).
 * @returns a function of the conversation and the commit that set the deadline; 0: unknown
 */
export function createRing({ conversations, clock }: { conversations: Conversations; clock: Clock }) {
  return async (conversation: string, seq: number): Promise<void> => {
    const snapshot = await conversations.peek(conversation, seq);
    const deadline = snapshot === null ? null : deadlineOf(snapshot.state.stage);
    if (deadline === null || deadline.at > clock.now()) return;
    await conversations.handle(conversation, { type: 'timer', deadline }, { kind: 'clock' });
  };
}
