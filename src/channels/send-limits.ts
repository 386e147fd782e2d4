import type { SendLimits } from './channel.ts';

/** For what is no platform at all: a thousand calls a millisecond. */
export const unlimited: SendLimits = {
  account: { calls: 1_000, perMs: 1, burst: 1_000 },
  user: { calls: 1_000, perMs: 1, burst: 1_000 },
};
