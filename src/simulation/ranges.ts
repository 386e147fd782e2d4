import { hoursOf, ladderOf, type Rules, tierAt } from '../core/rules.ts';
import type { Judged } from './judge.ts';

/** How many ranges customers were told, and how many of them held. */
export interface Ranges {
  readonly told: number;
  readonly held: number;
}

/**
 * Compares each range that a customer was told with when somebody came: in the hours of the tier they waited for. A range
 * is broken also when nobody came at all, unless the customer ended the wait before it was over.
 */
export function judgeRanges(all: Iterable<Judged>, rules: Rules): Ranges {
  let [told, held] = [0, 0];
  for (const { snapshot, commits } of all) {
    let tier = 0;
    let open: {
      readonly at: number;
      readonly tier: number;
      readonly lowMs: number;
      readonly highMs: number;
    }[] = [];
    for (const { at, events } of commits) {
      for (const event of events) {
        if ('tier' in event && event.tier !== undefined) tier = event.tier;
        if (event.type === 'wait-told' && event.told.range !== null)
          open.push({ at, tier, ...event.told.range });
        const came = event.type === 'claimed';
        if (
          !came &&
          event.type !== 'left-queue' &&
          event.type !== 'closed' &&
          event.type !== 'callback-wished'
        )
          continue;
        for (const { at: from, tier: of, lowMs, highMs } of open) {
          const hours = hoursOf(tierAt(ladderOf(rules, snapshot.state), of));
          const waitedMs = hours.between(from, at);
          if (!came && waitedMs <= highMs) continue;
          told += 1;
          if (came && waitedMs >= lowMs && waitedMs <= highMs) held += 1;
        }
        open = [];
      }
    }
    told += open.length;
  }
  return { told, held };
}
