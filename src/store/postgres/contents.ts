import type { Logger } from 'pino';
import { type Contents, type Kind, markName, type Row } from '../contents.ts';
import { openDatabase } from './database.ts';

type Table = Exclude<Kind, 'numbers'>;

const keys: Readonly<Record<Table, readonly string[]>> = {
  commits: ['conversation', 'seq'],
  effects: ['conversation', 'seq', 'index'],
  cursors: ['name'],
  quarantine: ['key'],
  files: ['id'],
  people: ['address'],
  join_codes: ['hash'],
  drafts: ['id'],
  bases: ['version'],
  settled_gaps: ['number'],
  audit: ['number'],
  users: ['id'],
  sessions: ['hash'],
  tokens: ['hash'],
  joiners: ['id'],
  invitations: ['id'],
};

const timeoutMs = 600_000;

/** All that a PostgreSQL store holds. Its schema is there already. */
export function openPostgresContents(url: string, log: Logger): Contents {
  const database = openDatabase(url, log, 2);
  const statement = (name: string, text: string) => ({ name: `contents-${name}`, text, timeoutMs });
  const notMark = (table: Table) => (table === 'cursors' ? `t.name <> '${markName}'` : 'true');

  return {
    async read(kind, after, limit) {
      if (kind === 'numbers') return after === null ? await numbers() : [];
      const key = keys[kind].map((column) => `t.${column}`).join(', ');
      const place = keys[kind].map((_, n) => `$${n + 2}`).join(', ');
      const further = after === null ? '' : ` and (${key}) > (${place})`;
      const rows = await database.run<{ row: Row }>(
        statement(
          `read-${kind}-${after === null ? 'first' : 'next'}`,
          `select to_jsonb(t) as row from relevo.${kind} t where ${notMark(kind)}${further} order by ${key} limit $1`,
        ),
        [limit, ...(after === null ? [] : keys[kind].map((column) => after[column]))],
      );
      return rows.map(({ row }) => row);
    },
    async write(kind, rows) {
      if (kind === 'numbers') {
        const [{ conversations = 0 } = {}] = rows;
        const text = `select setval('relevo.conversation_numbers', greatest($1::bigint, (select last_value from relevo.conversation_numbers)))`;
        await database.run(statement('numbers', text), [conversations]);
        return;
      }
      const [first] = rows;
      if (first === undefined) return;
      const names = Object.keys(first);
      const columns = names.map((name) => `"${name}"`);
      const set = names
        .filter((name) => !keys[kind].includes(name))
        .map((name) => `"${name}" = excluded."${name}"`)
        .join(', ');
      const text = `insert into relevo.${kind} (${columns.join(', ')}) overriding system value
select ${columns.join(', ')} from jsonb_populate_recordset(null::relevo.${kind}, $1::jsonb)
on conflict (${keys[kind].join(', ')}) do update set ${set}`;
      await database.run(statement(`write-${kind}`, text), [JSON.stringify(rows)]);
      if (kind === 'settled_gaps') {
        const next = `select setval(pg_get_serial_sequence('relevo.settled_gaps', 'number'), (select max(number) from relevo.settled_gaps))`;
        await database.run(statement('gap-number', next), []);
      }
    },
    async count(kind) {
      if (kind === 'numbers') return 1;
      const text = `select count(*) as count from relevo.${kind} t where ${notMark(kind)}`;
      const [row] = await database.run<{ count: number }>(statement(`count-${kind}`, text), []);
      return row?.count ?? 0;
    },
    async mark() {
      const text = 'select value from relevo.cursors where name = $1';
      const [row] = await database.run<{ value: string }>(statement('mark', text), [markName]);
      return row?.value ?? null;
    },
    async setMark(value) {
      if (value === null) {
        await database.run(statement('unmark', 'delete from relevo.cursors where name = $1'), [markName]);
        return;
      }
      const text = `insert into relevo.cursors (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`;
      await database.run(statement('set-mark', text), [markName, value]);
    },
    stop: () => database.stop(),
  };

  async function numbers(): Promise<Row[]> {
    const text = `select case when is_called then last_value else last_value - 1 end as conversations from relevo.conversation_numbers`;
    return await database.run<Row>(statement('last-number', text), []);
  }
}
