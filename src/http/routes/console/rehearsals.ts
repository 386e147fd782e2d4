import { z } from 'zod';
import type { RehearsalWork } from '../../../kb/rehearsal/rehearsal-work.ts';
import {
  rehearsalFromCase,
  rehearsalKept,
  rehearsalList,
  rehearsalPlay,
  rehearsalPlayed,
  rehearsalPut,
  rehearsalRemove,
  rehearsalRequire,
} from '../../schemas/console-rehearsal.ts';
import { problems } from '../../schemas/problem.ts';
import type { WebApp } from '../../web-app.ts';
import { config, tags, writerOf } from './writer.ts';

/** Scripted customers, played to the draft. */
export function consoleRehearsalRoutes(app: WebApp, { rehearsals }: { rehearsals: RehearsalWork }): void {
  app.get('/api/console/rehearsals', {
    config,
    schema: {
      tags,
      summary: 'The scripted customers of the draft',
      response: { 200: rehearsalList, ...problems },
    },
    handler: async () => {
      const { mustRehearse, ...found } = await rehearsals.list();
      return {
        mustRehearse,
        rehearsals: found.rehearsals.map((one) => ({
          ...{ name: one.name, language: one.language, brand: one.brand ?? null },
          turns: one.turns.length,
          yaml: rehearsals.textOf(one),
        })),
      };
    },
  });

  app.put('/api/console/rehearsals', {
    config,
    schema: {
      tags,
      summary: 'Puts a scripted customer into the draft, in place of the one of its name',
      body: rehearsalPut,
      response: { 200: rehearsalKept, ...problems },
    },
    handler: async (request) => {
      const { yaml, seen, reason } = request.body;
      const kept = await rehearsals.put(writerOf(request, reason), yaml, seen);
      return { name: kept.name, yaml: rehearsals.textOf(kept) };
    },
  });

  app.post('/api/console/rehearsals/remove', {
    config,
    schema: {
      tags,
      summary: 'Takes a scripted customer out of the draft',
      body: rehearsalRemove,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      await rehearsals.remove(writerOf(request, request.body.reason), request.body.name);
      return reply.code(204).send();
    },
  });

  app.put('/api/console/rehearsals/required', {
    config,
    schema: {
      tags,
      summary: 'Whether nothing is to be published in which one breaks',
      body: rehearsalRequire,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      await rehearsals.require(writerOf(request, request.body.reason), request.body.required);
      return reply.code(204).send();
    },
  });

  app.post('/api/console/rehearsals/play', {
    config,
    schema: {
      tags,
      summary: 'Plays one scripted customer, or all, to the draft',
      body: rehearsalPlay,
      response: { 200: rehearsalPlayed, ...problems },
    },
    handler: async ({ body }) => ({ played: await rehearsals.play(body.name) }),
  });

  app.post('/api/console/rehearsals/from-case', {
    config,
    schema: {
      tags,
      summary: 'A past conversation as a scripted customer, without personal data; it is not kept yet',
      body: rehearsalFromCase,
      response: { 200: rehearsalKept, ...problems },
    },
    handler: async ({ body }) => {
      const made = await rehearsals.fromCase(body.conversation, body.name);
      return { name: made.name, yaml: rehearsals.textOf(made) };
    },
  });
}
