import { createHash } from 'node:crypto';
import type { Json } from '../core/json.ts';
import type { Cursors } from './cursors.ts';

/** Something that somebody is about to have written down. */
export interface Audited {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly who: { readonly id: string; readonly name: string };
  /** What was done, such as `article.save`. */
  readonly action: string;
  /** What it was done to, such as `article/es/internet-lento`. */
  readonly subject: string;
  /** In their own words; empty where none were asked for. */
  readonly reason: string;
  /** As it was and as it is; null where there was or is nothing. */
  readonly before: Json;
  readonly after: Json;
}

/** One entry of the audit log, tied to the one before it: one that is altered, removed or put in between shows. */
export interface AuditEntry extends Audited {
  /** From 1, without gaps. */
  readonly number: number;
  /** SHA-256 of the hash before and of this entry, in hexadecimal. */
  readonly hash: string;
}

/** Which entries are wanted. */
export interface AuditFilter {
  readonly subject?: string;
  /** What subjects begin with, before a slash: `article`, `user`. */
  readonly kind?: string;
  /** The id of whoever did it. */
  readonly who?: string;
  /** From then on, epoch milliseconds. */
  readonly from?: number;
  /** Before then, epoch milliseconds. */
  readonly to?: number;
  /** Only entries older than this number. */
  readonly before?: number;
  readonly limit: number;
}

/** Who changed what: entries are added and never changed or removed. */
export interface AuditLog {
  add(audited: Audited): Promise<AuditEntry>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<AuditEntry[]>;
  /** Looks at every link. @returns how many entries there are, and what is wrong in words; none: all is as it was written */
  check(): Promise<{ readonly entries: number; readonly faults: readonly string[] }>;
}

/** What an engine keeps of the audit log. */
export interface AuditRows {
  newest(): Promise<AuditEntry | null>;
  /** @returns false when the number is taken: nothing was written */
  insert(entry: AuditEntry): Promise<boolean>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<AuditEntry[]>;
  /** Oldest first. */
  after(number: number, limit: number): Promise<AuditEntry[]>;
}

/** How the text begins in which engines keep who, why, before and after: what an entry is found by its author with. */
export function bodyBegin(who: string): string {
  return `{"who":{"id":${JSON.stringify(who)},`;
}

/** Where the newest number is kept apart from the log, so that the end of it cannot be cut off unseen. */
const headName = 'relevo/audit-head';
const pageRows = 500;
const maxFaults = 20;
const begin = '0'.repeat(64);

/** Ties the entries of an engine together. Two writers: one is first, the other is tied to it. */
export function createAuditLog(rows: AuditRows, cursors: Cursors): AuditLog {
  /** The head never goes back; a lost step only lets as many of the newest be cut off as were lost. */
  async function raise({ number, hash }: AuditEntry): Promise<void> {
    for (;;) {
      const known = await cursors.get(headName);
      if (known !== null && Number(known.split(' ')[0]) >= number) return;
      if (await cursors.replace(headName, known, `${number} ${hash}`)) return;
    }
  }

  return {
    async add(audited) {
      for (;;) {
        const last = await rows.newest();
        const number = (last?.number ?? 0) + 1;
        const entry = { ...audited, number, hash: hashOf(last?.hash ?? begin, number, audited) };
        if (!(await rows.insert(entry))) continue;
        await raise(entry);
        return entry;
      }
    },
    list: (filter) => rows.list(filter),
    async check() {
      const faults: string[] = [];
      const tell = (fault: string): void => {
        if (faults.length < maxFaults) faults.push(fault);
      };
      const head = (await cursors.get(headName))?.split(' ') ?? null;
      let last: AuditEntry | null = null;
      let entries = 0;
      for (;;) {
        const page: AuditEntry[] = await rows.after(last?.number ?? 0, pageRows);
        for (const entry of page) {
          const expected: number = (last?.number ?? 0) + 1;
          if (entry.number !== expected) tell(`${missing(expected, entry.number)}`);
          else if (entry.hash !== hashOf(last?.hash ?? begin, entry.number, entry))
            tell(`entry ${entry.number} is not as it was written, or follows another one`);
          if (head !== null && entry.number === Number(head[0]) && entry.hash !== head[1])
            tell(`entry ${entry.number} is another than the one that was written`);
          last = entry;
          entries += 1;
        }
        if (page.length < pageRows) break;
      }
      if (head !== null && (last?.number ?? 0) < Number(head[0]))
        tell(missing((last?.number ?? 0) + 1, Number(head[0]) + 1));
      return { entries, faults };
    },
  };
}

function missing(from: number, next: number): string {
  return next - from === 1 ? `entry ${from} is missing` : `entries ${from} to ${next - 1} are missing`;
}

/** The fields in an order of their own, so that the hash is the same whichever engine they come from. */
function hashOf(
  previous: string,
  number: number,
  { at, who, action, subject, reason, before, after }: Audited,
): string {
  const text = JSON.stringify([number, at, who.id, who.name, action, subject, reason, before, after]);
  return createHash('sha256').update(`${previous}\n${text}`).digest('hex');
}
