import type { Clock } from '../core/clock.ts';
import { ModelError } from './post-json.ts';

/** Leaves an endpoint alone that keeps failing, so that nobody waits for it in vain. */
export interface Rest {
  /** Whether the endpoint is being left alone now. */
  resting(): boolean;
  /**
   * Does `call` and remembers how it ended.
   * @throws ModelError `model_resting` at once while the endpoint is left alone; whatever `call` throws
   */
  unless<T>(call: () => Promise<T>): Promise<T>;
}

const failuresBefore = 3;
const restMs = 30_000;
const longestRestMs = 10 * 60_000;

/** After three failures in a row it rests half a minute; or as long as the endpoint itself asks, up to ten minutes. */
export function createRest(clock: Clock): Rest {
  let failures = 0;
  let until = 0;
  const resting = (): boolean => clock.now() < until;
  return {
    resting,
    async unless(call) {
      if (resting())
        throw new ModelError('model_resting', "the model's endpoint failed just now and is left alone");
      try {
        const result = await call();
        failures = 0;
        return result;
      } catch (error) {
        failures += 1;
        const asked = error instanceof ModelError ? error.retryAfterMs : undefined;
        if (asked !== undefined) until = clock.now() + Math.min(asked, longestRestMs);
        else if (failures >= failuresBefore) until = clock.now() + restMs;
        throw error;
      }
    },
  };
}
