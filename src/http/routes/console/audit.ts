import { create as contentDisposition } from 'content-disposition';
import type { z } from 'zod';
import type { AuditEntry, AuditFilter, AuditLog } from '../../../store/audit.ts';
import { auditCsv } from '../../audit-csv.ts';
import { auditChecked, auditFilter, auditList, auditQuery } from '../../schemas/console-audit.ts';
import { problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { config, tags } from './writer.ts';

const pageRows = 200;
/** A table of more is cut off at the oldest. */
const maxRows = 20_000;

/** Who changed what. */
export function consoleAuditRoutes(
  app: WebApp,
  { audit }: { audit: Pick<AuditLog, 'list' | 'check'> },
): void {
  app.get('/api/console/audit', {
    config,
    schema: {
      tags,
      summary: 'Who changed what, newest first',
      querystring: auditQuery,
      response: { 200: auditList, ...problems },
    },
    handler: async ({ query }) => {
      const { limit, before } = query;
      const entries = await audit.list({
        ...filterOf(query),
        limit,
        ...(before === undefined ? {} : { before }),
      });
      return { entries: entries.map(({ hash: _, ...one }) => ({ ...one, at: iso(one.at) })) };
    },
  });

  app.get('/api/console/audit.csv', {
    config,
    schema: { tags, summary: 'The same as a table for spreadsheets', querystring: auditFilter },
    handler: async ({ query }, reply) => {
      const entries: AuditEntry[] = [];
      for (;;) {
        const last = entries.at(-1)?.number;
        const older = last === undefined ? {} : { before: last };
        const page = await audit.list({ ...filterOf(query), ...older, limit: pageRows });
        entries.push(...page);
        if (page.length < pageRows || entries.length >= maxRows) break;
      }
      return await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', contentDisposition('relevo-audit.csv'))
        .send(auditCsv(entries));
    },
  });

  app.get('/api/console/audit/check', {
    config: { allow: 'administrator' },
    schema: {
      tags,
      summary: 'Whether every entry is as it was written and none is missing',
      response: { 200: auditChecked, ...problems },
    },
    handler: async () => audit.check(),
  });
}

function filterOf({ subject, kind, who, from, to }: z.infer<typeof auditFilter>): Omit<AuditFilter, 'limit'> {
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(kind === undefined ? {} : { kind }),
    ...(who === undefined ? {} : { who }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
}
