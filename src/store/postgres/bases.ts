import { sql } from 'kysely';
import { type BaseContent, contentOf, emptyContent, type PublishedBase } from '../../core/article.ts';
import type { Bases } from '../bases.ts';
import type { Database } from './database.ts';

const onlyDraft = 1;

interface Row {
  version: number;
  published_at: number;
  published_by: string;
  comment: string;
  candidate: boolean | null;
}

/** The knowledge base, in PostgreSQL. */
export function createBases({ ask }: Database): Bases {
  return {
    heads: () =>
      ask((db) =>
        db
          .selectNoFrom([
            sql<number>`coalesce((select revision from relevo.drafts), 0)`.as('revision'),
            sql<
              number | null
            >`(select max(version) from relevo.bases where candidate is distinct from true)`.as('version'),
          ])
          .executeTakeFirstOrThrow(),
      ),
    async draft() {
      const row = await ask((db) =>
        db.selectFrom('drafts').select(['revision', 'articles', 'tuning']).executeTakeFirst(),
      );
      if (row === undefined) return { revision: 0, ...emptyContent };
      return { ...emptyContent, revision: row.revision, articles: row.articles, ...row.tuning };
    },
    async saveDraft(content, revision) {
      const value = columnsOf(content);
      const saved = await ask((db) =>
        revision === 0
          ? db
              .insertInto('drafts')
              .values({ id: onlyDraft, revision: 1, ...value })
              .onConflict((conflict) => conflict.doNothing())
              .returning('revision')
              .execute()
          : db
              .updateTable('drafts')
              .set({ revision: revision + 1, ...value })
              .where('revision', '=', revision)
              .returning('revision')
              .execute(),
      );
      return saved.length > 0;
    },
    async current() {
      const row = await ask((db) =>
        db
          .selectFrom('bases')
          .selectAll()
          .where('candidate', 'is distinct from', true)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst(),
      );
      return row === undefined
        ? null
        : { ...emptyContent, ...headOf(row), articles: row.articles, ...row.tuning };
    },
    async version(version) {
      const row = await ask((db) =>
        db.selectFrom('bases').selectAll().where('version', '=', version).executeTakeFirst(),
      );
      return row === undefined
        ? null
        : { ...emptyContent, ...headOf(row), articles: row.articles, ...row.tuning };
    },
    async versions() {
      const rows = await ask((db) =>
        db
          .selectFrom('bases')
          .select(['version', 'published_at', 'published_by', 'comment', 'candidate', 'article_count'])
          .orderBy('version', 'desc')
          .execute(),
      );
      return rows.map((row) => ({ ...headOf(row), articleCount: row.article_count }));
    },
    async trained(version) {
      const row = await ask((db) =>
        db.selectFrom('engines').select('engine').where('version', '=', version).executeTakeFirst(),
      );
      return row?.engine ?? null;
    },
    async saveTrained(version, engine) {
      const value = Buffer.from(engine.buffer, engine.byteOffset, engine.byteLength);
      await ask((db) =>
        db
          .insertInto('engines')
          .values({ version, engine: value })
          .onConflict((conflict) => conflict.column('version').doUpdateSet({ engine: value }))
          .execute(),
      );
    },
    publish: ({ publishedAt, publishedBy, comment, candidate = null, ...content }) =>
      ask((kysely) =>
        kysely.transaction().execute(async (db) => {
          // Two that publish at once get two numbers, and none is left out.
          await sql`lock table relevo.bases in share row exclusive mode`.execute(db);
          const { version } = await db
            .insertInto('bases')
            .values({
              version: sql<number>`(select coalesce(max(version), 0) + 1 from relevo.bases)`,
              published_at: publishedAt,
              published_by: publishedBy,
              comment,
              candidate,
              article_count: content.articles.length,
              ...columnsOf(content),
            })
            .returning('version')
            .executeTakeFirstOrThrow();
          return version;
        }),
      ),
  };
}

function columnsOf(content: BaseContent) {
  const { articles, ...tuning } = contentOf(content);
  return { articles: JSON.stringify(articles), tuning: JSON.stringify(tuning) };
}

function headOf(row: Row): Omit<PublishedBase, keyof BaseContent> {
  return {
    version: row.version,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    comment: row.comment,
    ...(row.candidate ? { candidate: true } : {}),
  };
}
