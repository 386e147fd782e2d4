import type { Refusal } from './fake-rules.ts';

// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
// A little less is asked than is written there, for the time a call is on its way.
const chatEveryMs = 950;
const perSecond = 33;

/** The platform's own limits, and refusals at will. */
export interface FakeLimits {
  /** Counts a send. @returns why it is too fast; null when it is not */
  take(chat: number): Refusal | null;
  setFailures(rate429: number): void;
  readonly early: number;
}

/** @param enforced whether the documented rates count; refusals at will always do */
export function createFakeLimits(enforced: boolean): FakeLimits {
  const lastIn = new Map<number, number>();
  const waitUntil = new Map<number, number>();
  let recent: number[] = [];
  let rate = 0;
  let owed = 0;
  let early = 0;

  function refuse(chat: number, seconds: number): Refusal {
    waitUntil.set(chat, Date.now() + seconds * 1_000);
    return {
      error_code: 429,
      description: `Too Many Requests: retry after ${seconds}`,
      parameters: { retry_after: seconds },
    };
  }

  return {
    take(chat) {
      const now = Date.now();
      if (now < (waitUntil.get(chat) ?? 0)) {
        early += 1;
        return refuse(chat, Math.max(1, Math.ceil(((waitUntil.get(chat) ?? now) - now) / 1_000)));
      }
      owed += rate;
      if (owed >= 1) {
        owed -= 1;
        return refuse(chat, 1);
      }
      recent = recent.filter((at) => now - at < 1_000);
      if (enforced && recent.length >= perSecond) return refuse(chat, 1);
      if (enforced && now - (lastIn.get(chat) ?? 0) < chatEveryMs) return refuse(chat, 1);
      recent.push(now);
      lastIn.set(chat, now);
      return null;
    },
    setFailures(next) {
      rate = next;
    },
    get early() {
      return early;
    },
  };
}
