import { type Address, addressKey } from '../../core/message.ts';
import type { Joined, People } from '../people.ts';
import type { Database, Statement } from './database.ts';
import { createGatheredReads } from './gathered-reads.ts';

const resolveStatement: Statement = {
  name: 'people-resolve',
  text: `select address, document from relevo.people where address = any($1::text[])`,
};

/**
 * One person is one star: an address points at its person's first one and never at another that points on. $5 is the
 * address it is joined to, or what that one points at. Those that pointed at $1 point there too from now on.
 */
const joinStatement: Statement = {
  name: 'people-join',
  text: `with moved as (
  update relevo.people set joined_to = $5, document = jsonb_set(document, '{to}', $6::jsonb)
  where joined_to = $1 and address <> $5
)
insert into relevo.people (address, document, joined_to, at)
select $1, jsonb_build_object('address', $2::jsonb, 'to', $6::jsonb, 'at', $3::bigint, 'by', $4::text), $5, $3
on conflict (address) do update set document = excluded.document, joined_to = excluded.joined_to, at = excluded.at`,
};

/** Who is the same person, in PostgreSQL. */
export function createPeople({ ask, run }: Database): People {
  const joinedOf = createGatheredReads(async (keys) => {
    const rows = await run<{ address: string; document: Joined }>(resolveStatement, [keys]);
    return new Map(rows.map(({ address, document }) => [address, document]));
  });
  const resolve = async (address: Address) => (await joinedOf(addressKey(address)))?.to ?? address;

  return {
    resolve,
    async join({ address, to, at, by }) {
      const [from, person] = await Promise.all([resolve(address), resolve(to)]);
      if (addressKey(from) === addressKey(person)) return false;
      const values = [
        addressKey(from),
        JSON.stringify(from),
        at,
        by,
        addressKey(person),
        JSON.stringify(person),
      ];
      await run(joinStatement, values);
      return true;
    },
    async part(address) {
      const done = await ask((db) =>
        db.deleteFrom('people').where('address', '=', addressKey(address)).executeTakeFirst(),
      );
      return done.numDeletedRows > 0n;
    },
    async joinedTo(address) {
      const rows = await ask((db) =>
        db
          .selectFrom('people')
          .select('document')
          .where('joined_to', '=', addressKey(address))
          .orderBy('at')
          .orderBy('address')
          .execute(),
      );
      return rows.map(({ document }) => document);
    },
    async offerCode({ hash, address, until }) {
      const row = { hash, address: addressKey(address), document: JSON.stringify(address), until };
      await ask((db) =>
        db
          .insertInto('join_codes')
          .values(row)
          .onConflict((conflict) => conflict.column('address').doUpdateSet({ hash, until }))
          .execute(),
      );
    },
    async takeCode(hash, now) {
      const row = await ask((db) =>
        db
          .deleteFrom('join_codes')
          .where('hash', '=', hash)
          .returning(['document', 'until'])
          .executeTakeFirst(),
      );
      return row === undefined || row.until < now ? null : row.document;
    },
  };
}
