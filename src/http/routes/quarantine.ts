import { create as contentDisposition } from 'content-disposition';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Agent } from '../../core/conversation.ts';
import type { Quarantine } from '../../store/quarantine.ts';
import { personOf } from '../access.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas/problem.ts';
import { quarantineJson, quarantineList, quarantineRef } from '../schemas/quarantine.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['quarantine'];
const config = { allow: 'supervisor', byBrand: true } as const;

/** How many are listed: whoever has more has one fault many times. */
const listed = 200;

/** What the routes of the quarantine are made of. */
export interface QuarantineDeps {
  readonly quarantine: Pick<Quarantine, 'list' | 'get' | 'drop' | 'count'>;
  /** Whether somebody may hear of a brand's cases; null: of all. */
  readonly mayHear: (agent: Agent, brand: string | null) => Promise<boolean>;
}

/** What platforms sent and nobody could read: to be looked at, and dropped. */
export function quarantineRoutes(app: WebApp, { quarantine, mayHear }: QuarantineDeps): void {
  /** Nobody can tell whose such a payload is: whoever works for some brands only is told that there is none. */
  const sees = (request: FastifyRequest): Promise<boolean> => mayHear(personOf(request).agent, null);
  app.get('/api/quarantine', {
    config,
    schema: {
      tags,
      summary: 'What platforms sent and nobody could read, newest first',
      response: { 200: quarantineList, ...problems },
    },
    handler: async (request) => {
      if (!(await sees(request))) return quarantineJson([], 0);
      const [items, count] = await Promise.all([quarantine.list(listed), quarantine.count()]);
      return quarantineJson(items, count);
    },
  });

  app.get('/api/quarantine/:key', {
    config,
    schema: { tags, summary: 'One of them, as it came', params: quarantineRef },
    handler: async (request, reply) => {
      const found = (await sees(request)) ? await quarantine.get(request.params.key) : null;
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
      if (!(await sees(request)) || !(await quarantine.drop(request.params.key))) throw nothingThere();
      return reply.code(204).send();
    },
  });
}

function nothingThere(): HttpProblem {
  return new HttpProblem(404, 'not_found', 'There is nothing of that key in quarantine.');
}
