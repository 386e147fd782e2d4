import { stringify } from 'csv-stringify/sync';
import type { AuditEntry } from '../store/audit.ts';

const columns = ['number', 'at', 'who_id', 'who', 'action', 'subject', 'reason', 'before', 'after', 'hash'];

/** Entries as a table that spreadsheets read and none executes: what could be a formula is written as text. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map(({ number, at, who, action, subject, reason, before, after, hash }) => [
    number,
    new Date(at).toISOString(),
    who.id,
    who.name,
    action,
    subject,
    reason,
    before === null ? '' : JSON.stringify(before),
    after === null ? '' : JSON.stringify(after),
    hash,
  ]);
  return stringify([columns, ...rows], { escape_formulas: true, bom: true });
}
