import { z } from 'zod';
import { RelevoError } from '../core/errors.ts';
import { type Address, addressKey } from '../core/message.ts';
import type { Cursors } from '../store/cursors.ts';

const counted = z.record(z.string(), z.number());

/** The minutes of video calls that customers have used, by the calendar month (UTC). */
export interface CallMinutes {
  /** What somebody has used in the month of a moment. */
  used(address: Address, at: number): Promise<number>;
  /**
   * Counts a call, once however often it is said.
   * @param call its id
   * @returns what they have used in that month with it
   */
  count(address: Address, call: string, minutes: number, at: number): Promise<number>;
}

const maxTries = 50;

/** Counts in one place for each customer and month. */
export function createCallMinutes(cursors: Pick<Cursors, 'get' | 'replace'>): CallMinutes {
  const keyOf = (address: Address, at: number) =>
    `calls/minutes/${new Date(at).toISOString().slice(0, 7)}/${addressKey(address)}`;

  async function read(key: string) {
    const kept = await cursors.get(key);
    return { kept, calls: kept === null ? {} : counted.parse(JSON.parse(kept)) };
  }

  return {
    async used(address, at) {
      return sum((await read(keyOf(address, at))).calls);
    },
    async count(address, call, minutes, at) {
      const key = keyOf(address, at);
      for (let tries = 0; tries < maxTries; tries += 1) {
        const { kept, calls } = await read(key);
        if (call in calls) return sum(calls);
        const next = { ...calls, [call]: minutes };
        if (await cursors.replace(key, kept, JSON.stringify(next))) return sum(next);
      }
      throw new RelevoError('minutes_contested', "a customer's minutes changed again and again meanwhile");
    },
  };
}

function sum(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((total, minutes) => total + minutes, 0);
}
