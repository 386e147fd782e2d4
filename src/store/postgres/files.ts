import type { Clock } from '../../core/clock.ts';
import type { Media } from '../../core/message.ts';
import type { FileRow, Files } from '../files.ts';
import type { Database, Statement } from './database.ts';
import type { FileTable } from './tables.ts';

const takeStatement: Statement = {
  name: 'files-take',
  text: `update relevo.files set attempts = attempts + 1, due_at = $3::bigint, touched_at = $2::bigint
where conversation = $1 and state = 'remote' and due_at <= $2
returning *`,
};

type Row = Omit<FileTable, 'media' | 'attempts'> & { media: Media; attempts: number };

/** What is known of files, in PostgreSQL. */
export function createFiles({ ask, run }: Database, clock: Clock): Files {
  return {
    async addKept({ media, channel, kept, at }) {
      const row = {
        id: media.id,
        conversation: null,
        channel,
        media: JSON.stringify(media),
        state: 'kept' as const,
        due_at: 0,
        touched_at: at,
        ...kept,
        error: null,
      };
      await ask((db) =>
        db
          .insertInto('files')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },
    async addRemote({ media, channel, conversation, at }) {
      const row = {
        id: media.id,
        conversation,
        channel,
        media: JSON.stringify(media),
        state: 'remote' as const,
        due_at: 0,
        touched_at: at,
        type: null,
        bytes: null,
        sha256: null,
        error: null,
      };
      await ask((db) =>
        db
          .insertInto('files')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },
    async own(ids, conversation) {
      if (ids.length === 0) return;
      await ask((db) =>
        db
          .updateTable('files')
          .set({ conversation })
          .where('id', 'in', ids)
          .where('conversation', 'is', null)
          .execute(),
      );
    },
    async get(id) {
      const row = await ask((db) =>
        db.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirst(),
      );
      return row === undefined ? null : fileOf(row);
    },
    async ofConversation(conversation) {
      const rows = await ask((db) =>
        db.selectFrom('files').selectAll().where('conversation', '=', conversation).execute(),
      );
      return rows.map(fileOf);
    },
    async take(conversation, now, leaseUntil) {
      return (await run<Row>(takeStatement, [conversation, now, leaseUntil])).map(fileOf);
    },
    async settle(id, result) {
      const touched_at = clock.now();
      const set =
        result.kind === 'kept'
          ? { state: 'kept' as const, touched_at, error: null, ...result.kept }
          : result.kind === 'failed'
            ? { state: 'failed' as const, touched_at, error: result.error }
            : { due_at: result.notBefore, touched_at, error: result.error };
      await ask((db) =>
        db.updateTable('files').set(set).where('id', '=', id).where('state', '=', 'remote').execute(),
      );
    },
  };
}

function fileOf({ media, conversation, channel, state, attempts, type, bytes, sha256, error }: Row): FileRow {
  const kept = type === null || bytes === null || sha256 === null ? null : { type, bytes, sha256 };
  return { media, conversation, channel, state, attempts, kept, error };
}
