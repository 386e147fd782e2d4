import type { Session } from './case.ts';

/** Whether the supervisors' console is for whoever is here; in a demo it is for everybody. */
export function maySupervise({ user, demo }: Pick<Session, 'user' | 'demo'>): boolean {
  return user === null ? demo : user.role !== 'agent';
}
