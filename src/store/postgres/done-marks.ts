import type { Clock } from '../../core/clock.ts';
import type { Database, Statement } from './database.ts';
import { columnsOf, type EffectKey } from './effect-name.ts';

const gatherMs = 10;

const doneStatement: Statement = {
  name: 'mark-done',
  text: `update relevo.effects e set state = 'done', attempts = attempts + 1, error = null, touched_at = $4
from unnest($1::text[], $2::integer[], $3::integer[]) as given (conversation, seq, index)
where e.conversation = given.conversation and e.seq = given.seq and e.index = given.index and e.state = 'pending'`,
};

/**
 * Marks effects as done, those of some milliseconds in one statement, one statement at a time.
 * Two processes may mark the same ones in different orders: the deadlock that this can be is simply run again.
 */
export function createDoneMarks(database: Database, clock: Clock) {
  let gathering: { keys: EffectKey[]; written: Promise<void> } | null = null;
  let newest: Promise<void> = Promise.resolve();

  async function write(keys: readonly EffectKey[], before: Promise<void>): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    // How the batch before ended is told to its own callers.
    await before.catch(() => undefined);
    gathering = null;
    await database.run(doneStatement, [...columnsOf(keys), clock.now()]);
  }

  return {
    /** @returns once they are marked. @throws RelevoError to everybody whose effects were in the batch */
    async add(keys: readonly EffectKey[]): Promise<void> {
      if (keys.length === 0) return;
      if (gathering === null) {
        const batch: EffectKey[] = [];
        newest = write(batch, newest);
        gathering = { keys: batch, written: newest };
      }
      gathering.keys.push(...keys);
      await gathering.written;
    },
    /** Waits for what is under way. */
    async stop(): Promise<void> {
      await newest.catch(() => undefined);
    },
  };
}
