import type { Clock } from '../core/clock.ts';
import type { Leadership } from '../core/leadership.ts';
import type { Leases } from './leases.ts';

/** What leading is made of. */
export interface LeadershipDeps {
  readonly leases: Leases;
  readonly clock: Clock;
  /** Names this process: another one at each start. */
  readonly self: string;
  /** How long a process leads unless it says so again, in milliseconds; 15,000 when left out. */
  readonly leaseMs?: number;
}

/** Whoever leads says so again this often in the time of a lease. */
const claimsALease = 3;

/**
 * Which of several processes does what only one may do, by a lease. A process that dies is followed by another one when
 * its lease is over. One that was stopped and goes on finds itself no longer leading; what it is about to write in spite
 * of that is refused by its fence.
 * @param name of what only one may do
 */
export function createLeadership(
  name: string,
  { leases, clock, self, leaseMs = 15_000 }: LeadershipDeps,
): Leadership {
  let until = 0;
  let fence = 0;

  return {
    everyMs: leaseMs / claimsALease,
    leads: () => clock.now() < until,
    fence: () => fence,
    async claim() {
      const now = clock.now();
      const held = await leases.take(name, self, now, now + leaseMs);
      fence = held ?? fence;
      // Ends a little earlier here than for the others.
      until = held === null ? 0 : now + leaseMs * 0.9;
      return clock.now() < until;
    },
    async leave() {
      until = 0;
      await leases.leave(name, self);
    },
  };
}
