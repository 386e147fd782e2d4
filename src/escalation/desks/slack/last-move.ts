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
 * The newest change of whose case it is among these commits; null: none, so that a button drawn before them still means
 * what it says. Words, notes and files move nothing. Pure.
 */
export function lastMove(commits: readonly Pick<Commit, 'events'>[]): Event | null {
  return commits.flatMap(({ events }) => events).findLast(({ type }) => moves.has(type)) ?? null;
}
