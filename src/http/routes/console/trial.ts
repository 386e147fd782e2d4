import { z } from 'zod';
import type { TrialWork } from '../../../kb/trial/trial-work.ts';
import { trialEnd, trialStart, trialStatus } from '../../schemas/console-trial.ts';
import { problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { config, tags, writerOf } from './writer.ts';

/** Two versions side by side. */
export function consoleTrialRoutes(app: WebApp, { trials }: { trials: TrialWork }): void {
  app.get('/api/console/trial', {
    config,
    schema: {
      tags,
      summary: 'The newest trial of a version beside what is live, with the figures of each side',
      response: { 200: trialStatus, ...problems },
    },
    handler: async () => {
      const status = await trials.status();
      if (status === null) return { trial: null };
      const { trial, countedAt, ...figures } = status;
      const { id, candidate, live, share, brands, startedAt, startedBy, reason, ended } = trial;
      return {
        trial: {
          ...{ id, candidate, live, share, brands, startedBy, reason },
          startedAt: iso(startedAt),
          ended: ended === null ? null : { at: iso(ended.at), why: ended.why, by: ended.by },
          countedAt: countedAt === null ? null : iso(countedAt),
          ...figures,
        },
      };
    },
  });

  app.post('/api/console/trial/start', {
    config,
    schema: {
      tags,
      summary: 'Has a version, or the draft frozen as one, answer a share of customers',
      description: 'With `override` also when its golden questions get worse: then that is why.',
      body: trialStart,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { override, reason, ...wish } = request.body;
      const writer = writerOf(request, override ?? reason);
      await trials.start(writer, { ...wish, force: override !== undefined });
      return reply.code(204).send();
    },
  });

  app.post('/api/console/trial/end', {
    config,
    schema: {
      tags,
      summary: 'Makes the candidate what all are answered by, or drops it',
      body: trialEnd,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { how, reason } = request.body;
      await trials.end(writerOf(request, reason), how);
      return reply.code(204).send();
    },
  });
}
