import type { UndoneWork } from '../undone.ts';
import { finishAll } from './catch-up.ts';
import type { Database } from './database.ts';

const openStates = ['pending', 'sending'] as const;

/** What the sweeper looks for, in MongoDB. Each look first finishes what writers that died have left. */
export function createUndoneWork(database: Database): UndoneWork {
  const { ask, conversations, effects, files } = database;
  return {
    async deadlines(dueBefore, limit) {
      await finishAll(database);
      const found = await ask(() =>
        conversations
          .find({ deadlineAt: { $lt: dueBefore } }, { seq: 1, deadlineKind: 1, deadlineAt: 1 })
          .sort({ deadlineAt: 1 })
          .limit(limit)
          .lean(),
      );
      return found.flatMap(({ _id, seq, deadlineKind: kind, deadlineAt: at }) =>
        kind === undefined || at === undefined ? [] : [{ conversation: _id, seq, deadline: { kind, at } }],
      );
    },
    async turns(storedBefore, limit) {
      await finishAll(database);
      const found = await ask(() =>
        conversations
          .find({ turnAt: { $lt: storedBefore } }, { _id: 1 })
          .sort({ turnAt: 1 })
          .limit(limit)
          .lean(),
      );
      return found.map(({ _id }) => _id);
    },
    async effects(dueBefore, touchedBefore, limit) {
      await finishAll(database);
      const due = { dueAt: { $lt: dueBefore }, touchedAt: { $lt: touchedBefore } };
      const seen = new Set<string>();
      const wanted: string[] = [];
      return await ask(async () => {
        const cursor = effects
          .find({ state: { $in: openStates }, ...due }, { conversation: 1 })
          .sort({ touchedAt: 1 })
          .lean()
          .cursor();
        for await (const { conversation } of cursor) {
          if (seen.has(conversation)) continue;
          seen.add(conversation);
          // Only the first open effect of a conversation counts: what comes after it cannot leave before it.
          const head = await effects
            .findOne({ conversation, state: { $in: openStates } }, { dueAt: 1, touchedAt: 1 })
            .sort({ seq: 1, index: 1 })
            .lean();
          if (head !== null && head.dueAt < dueBefore && head.touchedAt < touchedBefore)
            wanted.push(conversation);
          if (wanted.length >= limit) break;
        }
        return wanted;
      });
    },
    async files(dueBefore, touchedBefore, limit) {
      const wanted = {
        state: 'remote' as const,
        dueAt: { $lt: dueBefore },
        touchedAt: { $lt: touchedBefore },
      };
      const found = await ask(() => files.distinct('conversation', wanted));
      return found.filter((conversation) => typeof conversation === 'string').slice(0, limit);
    },
  };
}
