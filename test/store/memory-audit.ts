import { type AuditEntry, type AuditLog, createAuditLog } from '../../src/store/audit.ts';

/** An audit log in memory, whose entries a test may tamper with. */
export function createMemoryAudit(): {
  readonly audit: AuditLog;
  tamper(change: (entries: AuditEntry[]) => AuditEntry[]): void;
} {
  let entries: AuditEntry[] = [];
  const cursors = new Map<string, string>();
  const audit = createAuditLog(
    {
      newest: async () => entries.at(-1) ?? null,
      async insert(entry) {
        if (entries.some(({ number }) => number === entry.number)) return false;
        entries.push(entry);
        return true;
      },
      list: async ({ subject, before = Number.POSITIVE_INFINITY, limit }) =>
        entries
          .toReversed()
          .filter((one) => one.number < before && (subject ?? one.subject) === one.subject)
          .slice(0, limit),
      after: async (number, limit) => entries.filter((one) => one.number > number).slice(0, limit),
    },
    {
      get: async (name) => cursors.get(name) ?? null,
      async set(name, value) {
        cursors.set(name, value);
      },
      async replace(name, from, to) {
        if ((cursors.get(name) ?? null) !== from) return false;
        cursors.set(name, to);
        return true;
      },
    },
  );
  return {
    audit,
    tamper(change) {
      entries = change(entries);
    },
  };
}
