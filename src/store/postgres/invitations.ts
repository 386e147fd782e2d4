import { sql } from 'kysely';
import type { Invitations } from '../invitations.ts';
import type { Database } from './database.ts';

/** One-time links into calls, in PostgreSQL. */
export function createInvitations({ ask }: Database): Invitations {
  const find = async (column: 'id' | 'code_hash', value: string) => {
    const row = await ask((db) =>
      db.selectFrom('invitations').select('document').where(column, '=', value).executeTakeFirst(),
    );
    return row?.document ?? null;
  };
  return {
    byCode: (codeHash) => find('code_hash', codeHash),
    byId: (id) => find('id', id),
    async byRoom(room) {
      const row = await ask((db) =>
        db
          .selectFrom('invitations')
          .select('document')
          .where(sql<string>`document->>'room'`, '=', room)
          .limit(1)
          .executeTakeFirst(),
      );
      return row?.document ?? null;
    },
    async put(invitation) {
      const { id, codeHash, version } = invitation;
      const document = JSON.stringify(invitation);
      const written = await ask((db) =>
        version === 1
          ? db
              .insertInto('invitations')
              .values({ id, code_hash: codeHash, version, document })
              .onConflict((conflict) => conflict.doNothing())
              .returning('id')
              .execute()
          : db
              .updateTable('invitations')
              .set({ version, document })
              .where('id', '=', id)
              .where('version', '=', version - 1)
              .returning('id')
              .execute(),
      );
      return written.length === 1;
    },
  };
}
