import type { Logger } from 'pino';
import type { Conversations } from '../store/conversations.ts';
import type { Desk } from './desks/desk.ts';

/**
 * Puts a waiting case before every desk: what a job of the tiers' queue does. Harmless when the case has moved on.
 * @throws AggregateError when a desk could not be told: the job is tried again, and the desks that were told hear it twice
 */
export function createOffer(deps: { conversations: Conversations; desks: readonly Desk[]; log: Logger }) {
  return async (conversation: string): Promise<void> => {
    const snapshot = await deps.conversations.peek(conversation, 0);
    if (snapshot?.state.stage.kind !== 'queued') return;
    const told = await Promise.allSettled(deps.desks.map((desk) => desk.offer(snapshot)));
    const faults = told.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    if (faults.length > 0) throw new AggregateError(faults, `a desk could not be offered ${conversation}`);
    deps.log.info({ conversation, tier: snapshot.state.stage.tier }, 'case offered');
  };
}
