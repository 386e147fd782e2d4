import type { Commit, Event } from '../../../core/event.ts';

/** Events after which a case is in other hands, or in the same ones for another reason. */
const moves: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'handed-over',
  'escalated',
  'claimed',
  'lease-expired',
  'left-queue',
  'returned-to-bot',
  'solved',
  'solution-confirmed',
  'solution-refused',
  'closed',
  'reopened',
]);

/**
 * Whether any of these commits changed whose case it is: then a button drawn before them means nothing any more.
 * Words, notes and files move nothing. Pure.
 */
export function hasMoved(commits: readonly Pick<Commit, 'events'>[]): boolean {
  return commits.some(({ events }) => events.some(({ type }) => moves.has(type)));
}
