import { create as contentDisposition } from 'content-disposition';
import { z } from 'zod';
import type { Quarantine } from '../../store/store.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas/problem.ts';
import { quarantineJson, quarantineList, quarantineRef } from '../schemas/quarantine.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['quarantine'];
const config = { allow: 'supervisor' } as const;

/** How many are listed: whoever has more has one fault many times. */
const listed = 200;

/** What platforms sent and nobody could read: to be looked at, and dropped. */
export function quarantineRoutes(
  app: WebApp,
  { quarantine }: { quarantine: Pick<Quarantine, 'list' | 'get' | 'drop' | 'count'> },
): void {
  app.get('/api/quarantine', {
    config,
    schema: {
      tags,
      summary: 'What platforms sent and nobody could read, newest first',
      response: { 200: quarantineList, ...problems },
    },
    handler: async () => {
      const [items, count] = await Promise.all([quarantine.list(listed), quarantine.count()]);
      return quarantineJson(items, count);
    },
  });

  app.get('/api/quarantine/:key', {
    config,
    schema: { tags, summary: 'One of them, as it came', params: quarantineRef },
    handler: async (request, reply) => {
      const found = await quarantine.get(request.params.key);
      if (found === null) throw nothingThere();
      // Somebody else wrote it: no browser may take it for more than text.
      return reply
        .headers({
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': contentDisposition(`${found.channel}-${found.at}.txt`, {
            type: 'attachment',
          }),
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'no-store',
        })
        .send(found.raw);
    },
  });

  app.delete('/api/quarantine/:key', {
    config,
    schema: {
      tags,
      summary: 'Drops one of them for good',
      params: quarantineRef,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      if (!(await quarantine.drop(request.params.key))) throw nothingThere();
      return reply.code(204).send();
    },
  });
}

function nothingThere(): HttpProblem {
  return new HttpProblem(404, 'not_found', 'There is nothing of that key in quarantine.');
}
