import { type AuditEntry, type AuditLog, createAuditLog } from '../../src/store/audit.ts';
import { createMemoryCursors } from './memory-cursors.ts';

/** An audit log in memory, whose entries a test may tamper with. */
export function createMemoryAudit(): {
  readonly audit: AuditLog;
  tamper(change: (entries: AuditEntry[]) => AuditEntry[]): void;
} {
  let entries: AuditEntry[] = [];
  const audit = createAuditLog(
    {
      newest: async () => entries.at(-1) ?? null,
      async insert(entry) {
        if (entries.some(({ number }) => number === entry.number)) return false;
        entries.push(entry);
        return true;
      },
      list: async ({
        subject,
        kind,
        who,
        from = 0,
        to = Number.POSITIVE_INFINITY,
        before = Number.POSITIVE_INFINITY,
        limit,
      }) =>
        entries
          .toReversed()
          .filter((one) => one.number < before && (subject ?? one.subject) === one.subject)
          .filter((one) => one.at >= from && one.at < to && (who ?? one.who.id) === one.who.id)
          .filter((one) => kind === undefined || one.subject.startsWith(`${kind}/`))
          .slice(0, limit),
      after: async (number, limit) => entries.filter((one) => one.number > number).slice(0, limit),
    },
    createMemoryCursors(),
  );
  return {
    audit,
    tamper(change) {
      entries = change(entries);
    },
  };
}
