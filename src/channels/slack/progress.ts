import type { Clock } from '../../core/clock.ts';
import type { Inlet } from '../channel.ts';

const seenCursor = 'seen';
/** Not each message is worth a write: what lies between is read again after a crash, and known. */
const saveEveryMs = 5_000;
/** Slack delivers again for about six minutes, so one not yet stored may be older than the newest that is. */
const overlapSeconds = 600;

/** How far Slack's messages are stored. Held while some may be missing. */
export function createProgress(inlet: Pick<Inlet, 'cursor' | 'saveCursor'>, clock: Clock) {
  let seen = 0;
  let saved = 0;
  let savedAt = 0;
  let held = true;

  const save = async (): Promise<void> => {
    if (held || seen <= saved) return;
    const value = seen;
    savedAt = clock.now();
    await inlet.saveCursor(seenCursor, value.toFixed(6));
    saved = Math.max(saved, value);
  };

  return {
    /** From when on messages may be missing, as Slack's `oldest`; null when nothing was ever seen: then from now on. */
    async since(): Promise<string | null> {
      const text = await inlet.cursor(seenCursor);
      if (text !== null) return Math.max(0, Number(text) - overlapSeconds).toFixed(6);
      seen = Math.max(seen, clock.now() / 1_000);
      await inlet.saveCursor(seenCursor, seen.toFixed(6));
      return null;
    },
    /** A message is stored. */
    async advance(ts: string): Promise<void> {
      seen = Math.max(seen, Number(ts));
      if (clock.now() - savedAt >= saveEveryMs) await save();
    },
    /** Some may be missing: the place that is kept stays where it is. */
    hold(): void {
      held = true;
    },
    /** None is missing any more. */
    async release(): Promise<void> {
      held = false;
      await save();
    },
    save,
  };
}
