import type { AuditLog } from '../../../store/audit.ts';
import { auditChecked, auditList, auditQuery } from '../../schemas/console.ts';
import { problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { config, tags } from './writer.ts';

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
      const { limit, subject, before } = query;
      const entries = await audit.list({
        limit,
        ...(subject === undefined ? {} : { subject }),
        ...(before === undefined ? {} : { before }),
      });
      return { entries: entries.map(({ hash: _, ...one }) => ({ ...one, at: iso(one.at) })) };
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
