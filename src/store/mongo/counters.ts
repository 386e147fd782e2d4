import type { Database } from './database.ts';

/** The next number of a kind: rising, never given twice; the first one is 1 unless the counter was set. @throws RelevoError */
export async function nextOf({ ask, counters, insert }: Database, name: string): Promise<number> {
  for (;;) {
    const next = await ask(() =>
      counters.findOneAndUpdate({ _id: name }, { $inc: { value: 1 } }, { returnDocument: 'after' }).lean(),
    );
    if (next !== null) return next.value;
    await insert(counters, [{ _id: name, value: 0 }]);
  }
}
