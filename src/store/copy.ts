import { createHash } from 'node:crypto';
import { RelevoError } from '../core/errors.ts';
import { type Contents, type Kind, kinds, type Row } from './contents.ts';

const pageRows = 500;
const modulus = 2n ** 256n;

/** What was moved. */
export interface Copied {
  /** How many of each kind are in both stores. */
  readonly counts: readonly { readonly kind: Kind; readonly count: number }[];
  /** Of the log, 64 hexadecimal digits: the same in both stores. */
  readonly checksum: string;
}

interface Mark {
  readonly from: string;
  readonly kind: Kind;
  readonly after: Row | null;
}

/**
 * Moves all that one store holds into another, page by page. Run again after a crash, it goes on where it stopped.
 * @param name of the source: a copy that was begun goes on only from the same one
 * @param progress called after each page; what it throws stops the copy
 * @throws RelevoError `store_not_empty`, `copy_differs`, and what the stores throw
 */
export async function copyContents(
  from: Contents,
  to: Contents,
  name: string,
  progress: (kind: Kind, moved: number) => void,
): Promise<Copied> {
  const begun = await to.mark();
  const mark: Mark | null = begun === null ? null : JSON.parse(begun);
  if (mark === null) await refuseFull(to);
  else if (mark.from !== name) throw notEmpty('a copy from another store was begun in it');
  const first = mark === null ? 0 : kinds.indexOf(mark.kind);
  for (const kind of kinds.slice(first)) {
    let after = mark?.kind === kind ? mark.after : null;
    let moved = 0;
    for (;;) {
      const rows = await from.read(kind, after, pageRows);
      if (rows.length > 0) await to.write(kind, rows);
      after = rows.at(-1) ?? after;
      moved += rows.length;
      await to.setMark(JSON.stringify({ from: name, kind, after: after && placeOf(after) } satisfies Mark));
      progress(kind, moved);
      if (rows.length < pageRows) break;
    }
  }
  const result = await compare(from, to);
  await to.setMark(null);
  return result;
}

/** The checksum of a store's log: the same whatever the engine and the order in which it is read. */
export async function logChecksum(contents: Contents): Promise<string> {
  let sum = 0n;
  let after: Row | null = null;
  for (;;) {
    const rows: Row[] = await contents.read('commits', after, pageRows);
    for (const row of rows) {
      const hash = createHash('sha256')
        .update(JSON.stringify(sorted(row)))
        .digest('hex');
      sum = (sum + BigInt(`0x${hash}`)) % modulus;
    }
    if (rows.length < pageRows) return sum.toString(16).padStart(64, '0');
    after = rows.at(-1) ?? null;
  }
}

async function refuseFull(to: Contents): Promise<void> {
  for (const kind of ['commits', 'users', 'bases'] as const) {
    if ((await to.count(kind)) > 0) throw notEmpty(`it has ${kind}`);
  }
}

function notEmpty(why: string): RelevoError {
  return new RelevoError('store_not_empty', `the store to copy to is not empty: ${why}`, {
    hint: 'Give --to a database that nothing was ever stored in.',
  });
}

async function compare(from: Contents, to: Contents): Promise<Copied> {
  const counts: { kind: Kind; count: number }[] = [];
  for (const kind of kinds) {
    const [count, copied] = await Promise.all([from.count(kind), to.count(kind)]);
    if (count !== copied) throw differs(`${count} ${kind} became ${copied}`);
    if (kind !== 'numbers') counts.push({ kind, count });
  }
  const [checksum, copied] = [await logChecksum(from), await logChecksum(to)];
  if (checksum !== copied) throw differs(`the log's checksum ${checksum} became ${copied}`);
  return { counts, checksum };
}

function differs(what: string): RelevoError {
  return new RelevoError('copy_differs', `the copy is not what was copied: ${what}`, {
    hint: 'Stop every Relevo on both stores, empty the target and copy again.',
  });
}

/** What of a row says where it is: all that is no text of people. */
function placeOf(row: Row): Row {
  const names = ['conversation', 'seq', 'index', 'name', 'key', 'id', 'address', 'hash', 'version', 'number'];
  const place = Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]));
  return { part_ids: [], ...place };
}

/** The same value with the fields of its objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
