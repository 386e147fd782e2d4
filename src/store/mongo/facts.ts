import type { Facts } from '../facts.ts';
import type { Database } from './database.ts';
import { keepLater } from './later-rows.ts';

/** Letters come after digits, so that it lies beyond every day. */
const placeName = 'place';

/** What reports are made from, in MongoDB. */
export function createFacts({ ask, caseFacts, dayFigures, insert }: Database): Facts {
  const upsert = { upsert: true } as const;
  return {
    async place() {
      const found = await ask(() => dayFigures.findById(placeName).lean());
      return found?.document === undefined ? null : JSON.parse(found.document);
    },
    async of(conversations) {
      const found = await ask(() => caseFacts.find({ _id: { $in: [...conversations] } }).lean());
      return found.map(({ document }) => JSON.parse(document));
    },
    async save(facts, place) {
      const rows = facts.map(({ day, fact }) => {
        return { _id: fact.conversation, seq: fact.seq, day, document: JSON.stringify(fact) };
      });
      await keepLater({ ask, insert }, caseFacts, rows);
      for (const _id of new Set(facts.map(({ day }) => day))) {
        await ask(() => dayFigures.updateOne({ _id }, { $set: { dueAt: 0 } }, upsert));
      }
      const document = JSON.stringify(place);
      await ask(() => dayFigures.updateOne({ _id: placeName }, { $set: { document } }, upsert));
    },
    async ofDay(day) {
      const found = await ask(() => caseFacts.find({ day }).lean());
      return found.map(({ document }) => JSON.parse(document));
    },
    async saveDay(figures) {
      const { day: _id, dueAt } = figures;
      const document = JSON.stringify(figures);
      const change =
        dueAt === null
          ? { $set: { document }, $unset: { dueAt: 1 as const } }
          : { $set: { document, dueAt } };
      await ask(() => dayFigures.updateOne({ _id }, change, upsert));
    },
    async days(from, to) {
      const found = await ask(() =>
        dayFigures
          .find({ _id: { $gte: from, $lte: to } })
          .sort({ _id: 1 })
          .lean(),
      );
      return found.flatMap(({ document }) => (document === undefined ? [] : [JSON.parse(document)]));
    },
    async dueDays(now, limit) {
      const found = await ask(() =>
        dayFigures
          .find({ dueAt: { $lte: now } })
          .sort({ _id: -1 })
          .limit(limit)
          .lean(),
      );
      return found.map(({ _id }) => _id);
    },
  };
}
