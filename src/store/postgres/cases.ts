import { type SelectQueryBuilder, sql } from 'kysely';
import { byUrgency } from '../by-urgency.ts';
import type { CaseFilter, Cases, Moves } from '../cases.ts';
import type { Snapshot } from '../conversation-log.ts';
import { movesOf } from '../held.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

type Found = SelectQueryBuilder<Tables, 'conversations', Pick<Snapshot, 'seq' | 'state'>>;

const openStages: readonly CaseFilter['stages'][number][] = ['queued', 'claimed', 'solved'];

/** The lists people work from, in PostgreSQL. */
export function createCases(database: Database): Cases {
  /**
   * One stage at a time, and of the closed ones, which become ever more, one company: then an index gives the rows in order,
   * and no more of them than are wanted.
   */
  function ofStage(stage: CaseFilter['stages'][number], filter: CaseFilter): Promise<Snapshot[]>[] {
    if (stage !== 'closed' || filter.brands === undefined) return [ofOne(stage, filter)];
    return [...new Set(filter.brands)].map((brand) => ofOne(stage, { ...filter, brands: [brand] }));
  }

  function ofOne(stage: CaseFilter['stages'][number], filter: CaseFilter): Promise<Snapshot[]> {
    return database.ask((kysely) => {
      let query: Found = kysely
        .selectFrom('conversations')
        .select(['state', 'seq'])
        .where('stage', '=', stage)
        .where('tier', 'is not', null)
        .where(filter.brands?.length === 1 ? ofBrand(filter.brands[0]) : ofBrands(filter.brands))
        .where(stage === 'closed' ? 'closed_at' : 'case_deadline_at', 'is not', null)
        .limit(filter.limit);
      if (filter.tier !== undefined) query = query.where('tier', '=', filter.tier);
      if (filter.agent !== undefined) query = query.where('agent', '=', filter.agent);
      query = stage === 'closed' ? query.orderBy('closed_at', 'desc') : query.orderBy('case_deadline_at');
      return query.execute();
    });
  }

  return {
    async list(filter) {
      const lists = await Promise.all([...new Set(filter.stages)].flatMap((stage) => ofStage(stage, filter)));
      return lists.flat().sort(byUrgency).slice(0, filter.limit);
    },
    counts: (brands) =>
      database.ask((kysely) =>
        kysely
          .selectFrom('conversations')
          .select(['stage', 'tier', sql<number>`count(*)`.as('count')])
          // The index of open cases answers this, however many conversations there ever were.
          .where('stage', 'in', openStages)
          .where('case_deadline_at', 'is not', null)
          .where('tier', 'is not', null)
          .where(ofBrands(brands))
          .$narrowType<{ tier: number }>()
          .groupBy(['stage', 'tier'])
          .orderBy('stage')
          .orderBy('tier')
          .execute(),
      ),
    unconfirmed: (brands) =>
      database.ask((kysely) =>
        kysely
          .selectFrom('conversations')
          .select(['tier', sql<number>`count(*)`.as('count')])
          .where('stage', '=', 'solved')
          .where('case_deadline_at', 'is not', null)
          .where('deadline_kind', '=', 'confirm')
          .where('tier', 'is not', null)
          .where(ofBrands(brands))
          .$narrowType<{ tier: number }>()
          .groupBy('tier')
          .orderBy('tier')
          .execute(),
      ),
    async moves(brands) {
      const rows = await database.ask((kysely) =>
        kysely
          .selectFrom('conversations')
          .select(['move', sql<number>`count(*)`.as('count')])
          .where('stage', '=', 'claimed')
          .where('move', 'is not', null)
          .where(ofBrands(brands))
          .$narrowType<{ move: keyof Moves }>()
          .groupBy('move')
          .execute(),
      );
      return movesOf(rows);
    },
    async withBot(brands) {
      const row = await database.ask((kysely) =>
        kysely
          .selectFrom('conversations')
          .select(sql<number>`count(*)`.as('count'))
          .where('stage', '=', 'bot')
          .where(ofBrands(brands))
          .executeTakeFirst(),
      );
      return row?.count ?? 0;
    },
    held: () =>
      database.ask((kysely) =>
        kysely
          .selectFrom('conversations')
          .select(['holder as agent', 'tier', sql<number>`count(*)`.as('count')])
          .where('stage', '=', 'claimed')
          .where('holder', 'is not', null)
          .where('tier', 'is not', null)
          .$narrowType<{ agent: string; tier: number }>()
          .groupBy(['holder', 'tier'])
          .orderBy('holder')
          .orderBy('tier')
          .execute(),
      ),
    withQuestions: (limit, brands) =>
      database.ask((kysely) =>
        kysely
          .selectFrom('conversations')
          .select(['state', 'seq'])
          .where('asked_at', 'is not', null)
          .where(ofBrands(brands))
          .orderBy('asked_at')
          .limit(limit)
          .execute(),
      ),
    async findNumber(number) {
      const found = await database.ask((kysely) =>
        kysely
          .selectFrom('conversations')
          .select(['state', 'seq'])
          .where('number', '=', number)
          .executeTakeFirst(),
      );
      return found ?? null;
    },
  };
}

/** @param brands undefined: of all, and of none */
function ofBrands(brands: readonly string[] | undefined) {
  return brands === undefined ? sql<boolean>`true` : sql<boolean>`brand = any(${[...brands]}::text[])`;
}

function ofBrand(brand: string | undefined) {
  return sql<boolean>`brand = ${brand}`;
}
