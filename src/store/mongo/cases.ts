import { byUrgency } from '../by-urgency.ts';
import type { CaseFilter, Cases, Moves } from '../cases.ts';
import type { Snapshot } from '../conversation-log.ts';
import { movesOf } from '../held.ts';
import type { Database } from './database.ts';
import { snapshotOf } from './model.ts';

const openStages: readonly CaseFilter['stages'][number][] = ['queued', 'claimed', 'solved'];

/** The lists people work from, in MongoDB. */
export function createCases({ ask, conversations }: Database): Cases {
  /** One stage at a time: then an index gives the documents in order, and no more of them than are wanted. */
  async function ofStage(stage: CaseFilter['stages'][number], filter: CaseFilter): Promise<Snapshot[]> {
    const closed = stage === 'closed';
    const wanted = {
      stage,
      tier: filter.tier ?? { $gt: 0 },
      ...(filter.agent === undefined ? {} : { agent: filter.agent }),
      ...ofBrands(filter.brands),
      ...(closed ? { closedAt: { $gt: 0 } } : { caseDeadlineAt: { $gt: 0 } }),
    };
    const found = await ask(() =>
      conversations
        .find(wanted, { state: 1, seq: 1 })
        .sort(closed ? { closedAt: -1 } : { caseDeadlineAt: 1 })
        .limit(filter.limit)
        .lean(),
    );
    return found.map(snapshotOf);
  }

  return {
    async list(filter) {
      const lists = await Promise.all([...new Set(filter.stages)].map((stage) => ofStage(stage, filter)));
      return lists.flat().sort(byUrgency).slice(0, filter.limit);
    },
    async counts(brands) {
      const groups = await ask(() =>
        conversations.aggregate<{ _id: { stage: (typeof openStages)[number]; tier: number }; count: number }>(
          [
            {
              $match: {
                stage: { $in: openStages },
                caseDeadlineAt: { $gt: 0 },
                tier: { $gt: 0 },
                ...ofBrands(brands),
              },
            },
            { $group: { _id: { stage: '$stage', tier: '$tier' }, count: { $sum: 1 } } },
          ],
        ),
      );
      return groups
        .map(({ _id: { stage, tier }, count }) => ({ stage, tier, count }))
        .sort((a, b) => a.stage.localeCompare(b.stage) || a.tier - b.tier);
    },
    async unconfirmed(brands) {
      const groups = await ask(() =>
        conversations.aggregate<{ _id: number; count: number }>([
          {
            $match: {
              stage: 'solved',
              caseDeadlineAt: { $gt: 0 },
              deadlineKind: 'confirm',
              tier: { $gt: 0 },
              ...ofBrands(brands),
            },
          },
          { $group: { _id: '$tier', count: { $sum: 1 } } },
        ]),
      );
      return groups.map(({ _id: tier, count }) => ({ tier, count })).sort((a, b) => a.tier - b.tier);
    },
    async moves(brands) {
      const groups = await ask(() =>
        conversations.aggregate<{ _id: keyof Moves; count: number }>([
          { $match: { move: { $gt: '' }, ...ofBrands(brands) } },
          { $group: { _id: '$move', count: { $sum: 1 } } },
        ]),
      );
      return movesOf(groups.map(({ _id: move, count }) => ({ move, count })));
    },
    withBot: (brands) => ask(() => conversations.countDocuments({ stage: 'bot', ...ofBrands(brands) })),
    async held() {
      const groups = await ask(() =>
        conversations.aggregate<{ _id: { agent: string; tier: number }; count: number }>([
          { $match: { holder: { $gt: '' }, tier: { $gt: 0 } } },
          { $group: { _id: { agent: '$holder', tier: '$tier' }, count: { $sum: 1 } } },
        ]),
      );
      return groups
        .map(({ _id: { agent, tier }, count }) => ({ agent, tier, count }))
        .sort((a, b) => (a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : a.tier - b.tier));
    },
    async withQuestions(limit, brands) {
      const found = await ask(() =>
        conversations
          .find({ askedAt: { $gt: 0 }, ...ofBrands(brands) }, { state: 1, seq: 1 })
          .sort({ askedAt: 1 })
          .limit(limit)
          .lean(),
      );
      return found.map(snapshotOf);
    },
    async findNumber(number) {
      const found = await ask(() => conversations.findOne({ number }, { state: 1, seq: 1 }).lean());
      return found === null ? null : snapshotOf(found);
    },
  };
}

/** @param brands undefined: of all, and of none */
function ofBrands(brands: readonly string[] | undefined) {
  return brands === undefined ? {} : { brand: { $in: [...brands] } };
}
