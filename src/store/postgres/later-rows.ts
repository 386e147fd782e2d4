import { type Insertable, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Keeps rows of conversations, each as it was after a commit, unless one of a later commit is there. @param rows all with the same columns */
export async function keepLater<Name extends 'missed' | 'case_facts'>(
  write: Transaction<Tables>,
  name: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const changes = columns
    .filter((column) => column !== 'conversation')
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  await sql`
insert into ${sql.table(`relevo.${name}`)} as kept (${sql.join(columns.map((column) => sql.ref(column)))})
values ${sql.join(rows.map((row) => sql`(${sql.join(Object.values(row))})`))}
on conflict (conversation) do update set ${sql.join(changes)} where kept.seq < excluded.seq`.execute(write);
}
