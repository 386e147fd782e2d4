import { LRUCache } from 'lru-cache';
import type { Rate, SendLimits } from '../channels/channel.ts';
import type { Address } from '../core/message.ts';

/** Keeps to what platforms allow before they complain. One per process: each counts its own sends. */
export interface Pace {
  /**
   * When a message may be sent, epoch milliseconds: its place is kept until then, however often it is asked for.
   * @param name the part's name
   */
  place(name: string, to: Address, limits: SendLimits, now: number): number;
  /** A place was used: another call under the same name needs another one. */
  used(name: string): void;
  /** A platform asked us to be quiet until a moment, towards one customer or altogether. */
  quiet(to: Address, scope: 'user' | 'account', until: number): void;
}

const usuallyRemembered = 50_000;

/**
 * Makes a pace: the generic cell rate algorithm (ITU-T I.371), one cell for each account and customer. What it remembers
 * is the time at which the cell would be empty again.
 * @param maxRemembered cells and places; room for all of them is taken at once
 */
export function createPace(maxRemembered = usuallyRemembered): Pace {
  const emptyAt = new LRUCache<string, number>({ max: maxRemembered });
  const places = new LRUCache<string, number>({ max: maxRemembered });

  /** The earliest moment at which one more call fits. */
  function fits(key: string, { calls, perMs, burst }: Rate, now: number): number {
    const stepMs = perMs / calls;
    return Math.max(now, (emptyAt.get(key) ?? 0) - (burst - 1) * stepMs);
  }

  function fill(key: string, { calls, perMs }: Rate, at: number): void {
    emptyAt.set(key, Math.max(emptyAt.get(key) ?? 0, at) + perMs / calls);
  }

  return {
    place(name, to, limits, now) {
      const kept = places.get(name);
      const account = accountOf(to);
      const user = userOf(to);
      const quietUntil = Math.max(places.get(`quiet ${account}`) ?? 0, places.get(`quiet ${user}`) ?? 0);
      if (kept !== undefined && kept >= quietUntil) return kept;
      const from = Math.max(now, quietUntil);
      // Rates come out in fractions of milliseconds, and moments are whole ones.
      const at = Math.ceil(Math.max(fits(account, limits.account, from), fits(user, limits.user, from)));
      fill(account, limits.account, at);
      fill(user, limits.user, at);
      places.set(name, at);
      return at;
    },
    used: (name) => void places.delete(name),
    quiet(to, scope, until) {
      const key = `quiet ${scope === 'account' ? accountOf(to) : userOf(to)}`;
      places.set(key, Math.max(places.get(key) ?? 0, until));
    },
  };
}

function accountOf({ channel, account }: Address): string {
  return `${channel}/${account}`;
}

function userOf(to: Address): string {
  return `${accountOf(to)}/${to.user}`;
}
