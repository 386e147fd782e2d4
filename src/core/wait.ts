import type { Conversation } from './conversation.ts';
import type { Event } from './event.ts';
import type { PhraseValues } from './phrase.ts';
import type { Rules } from './rules.ts';
import { hoursOf, ladderOf, tierAt } from './rules.ts';
import { tell } from './step.ts';

/** Where a case stands in its tier's queue. */
export interface Wait {
  /** From 1. */
  readonly position: number;
  /** How much longer it will probably be, in milliseconds of the tier's hours; null: nobody can say. */
  readonly range: { readonly lowMs: number; readonly highMs: number } | null;
}

/** A customer is told of a change no more often than this. */
export const waitPauseMs = 5 * 60_000;

/** A change smaller than this is no news. */
const newsMs = 5 * 60_000;

/** Ends of the ranges that are told, in minutes: nobody can use "between 7 and 23". */
const steps = [
  0, 1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 960, 1440, 1920, 2400,
];

const minute = 60_000;

/** A range made wider until both ends are numbers that people use; null when it is longer than anybody should be told. */
export function usualRange({ lowMs, highMs }: NonNullable<Wait['range']>): Wait['range'] {
  const high = steps.find((step) => step > 0 && step * minute >= highMs);
  const low = steps.findLast((step) => step * minute <= lowMs) ?? 0;
  return high === undefined ? null : { lowMs: (low === high ? 0 : low) * minute, highMs: high * minute };
}

/**
 * Tells a customer their place and how long it will be, when there is something to tell: at first, and then when it
 * changed enough to matter. Nothing while the tier is away: then they know when it is back.
 */
export function decideWait(state: Conversation, wait: Wait, rules: Rules, now: number): Event[] {
  const { stage } = state;
  if (stage.kind !== 'queued' || stage.callback !== null) return [];
  const tier = tierAt(ladderOf(rules, state), stage.tier);
  const hours = hoursOf(tier);
  if (!hours.isOpen(now)) return [];
  const { position, range } = wait;
  if (stage.told === null) {
    if (position === 1 && range === null) return [];
  } else {
    const { told } = stage;
    if (now - told.at < waitPauseMs) return [];
    const left = told.range === null ? null : told.range.highMs - hours.between(told.at, now);
    if (range === null) {
      // Nothing can be promised: a promise that was broken is taken back, and half of the places are news.
      const broken = left !== null && left < 0;
      if (!broken && position * 2 > told.position) return [];
    } else if (told.range !== null && left !== null) {
      const enough = Math.max(newsMs, told.range.highMs / 2);
      if (Math.abs(range.highMs - left) < enough) return [];
    }
  }
  return [
    { type: 'wait-told', told: { position, range, at: now } },
    tell(rules, state.language, 'queue-place', { position, ...rangeValues(range) }),
  ];
}

function rangeValues(range: Wait['range']): PhraseValues {
  if (range === null) return { range: 'none', low: 0, high: 0 };
  const hours = range.highMs > 90 * minute;
  const unit = hours ? 60 * minute : minute;
  const low = Math.floor(range.lowMs / unit);
  const high = Math.ceil(range.highMs / unit);
  const within = low === 0 || low === high;
  return { range: `${within ? 'within' : 'between'}${hours ? 'Hours' : 'Minutes'}`, low, high };
}
