import { type AuditEntry, type AuditRows, bodyBegin } from '../audit.ts';
import type { Database } from './database.ts';
import type { AuditDocument } from './documents.ts';

/** The entries of the audit log, in MongoDB. */
export function createAuditRows({ ask, audit, insert }: Database): AuditRows {
  return {
    async newest() {
      const [found] = await ask(() => audit.find({}).sort({ _id: -1 }).limit(1).lean());
      return found === undefined ? null : entryOf(found);
    },
    insert({ number, at, who, action, subject, reason, before, after, hash }) {
      const body = JSON.stringify({ who: { id: who.id, name: who.name }, reason, before, after });
      return insert(audit, [{ _id: number, at, action, subject, body, hash }]);
    },
    async list({ subject, kind, who, from, to, before, limit }) {
      const wanted = {
        ...(subject !== undefined ? { subject } : kind === undefined ? {} : { subject: begins(`${kind}/`) }),
        ...(who === undefined ? {} : { body: begins(bodyBegin(who)) }),
        ...(from === undefined && to === undefined
          ? {}
          : {
              at: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) },
            }),
        ...(before === undefined ? {} : { _id: { $lt: before } }),
      };
      const found = await ask(() => audit.find(wanted).sort({ _id: -1 }).limit(limit).lean());
      return found.map(entryOf);
    },
    async after(number, limit) {
      const found = await ask(() =>
        audit
          .find({ _id: { $gt: number } })
          .sort({ _id: 1 })
          .limit(limit)
          .lean(),
      );
      return found.map(entryOf);
    },
  };
}

function begins(text: string) {
  return { $regex: `^${text.replace(/[$()*+.?[\\\]^{|}]/gu, '\\$&')}` };
}

function entryOf({ _id, at, action, subject, body, hash }: AuditDocument): AuditEntry {
  return { number: _id, at, action, subject, ...JSON.parse(body), hash };
}
