import { z } from 'zod';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import { HttpProblem } from '../../problem.ts';
import { gateQuery, gateSet, gateView } from '../../schemas/console-gate.ts';
import { goldenList, goldenRemove, goldenSet } from '../../schemas/console-golden.ts';
import { publication, published, rollback, rolledBack, versionList } from '../../schemas/console-publish.ts';
import { trial, trialResult } from '../../schemas/console-try.ts';
import { problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { type OwnBrands, ownConfig } from './own-brands.ts';
import { proofJson } from './proof-json.ts';
import { config, tags, writerOf } from './writer.ts';

/** Trying, the gate, golden questions, and publishing. */
export function consoleTuningRoutes(
  app: WebApp,
  { workbench, own }: { workbench: Workbench; own: OwnBrands },
): void {
  app.post('/api/console/try', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'A conversation with what is published and with the draft, and why each decides so',
      body: trial,
      response: { 200: trialResult, ...problems },
    },
    handler: async (request) => {
      const { turns, language, brand } = request.body;
      await own.insistBrand(request, brand);
      return workbench.tryOut(turns, language, brand);
    },
  });

  app.get('/api/console/gate', {
    config,
    schema: {
      tags,
      summary: 'What other shares of wrong answers would make of the golden questions and of real ones',
      querystring: gateQuery,
      response: { 200: gateView, ...problems },
    },
    handler: async ({ query }) => workbench.gate(query.questions),
  });

  app.put('/api/console/gate', {
    config,
    schema: {
      tags,
      summary: 'Sets the largest share of wrong answers, in the draft',
      body: gateSet,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { wrongRate, reason } = request.body;
      await workbench.setWrongRate(writerOf(request, reason), wrongRate);
      return reply.code(204).send();
    },
  });

  app.get('/api/console/golden', {
    config,
    schema: {
      tags,
      summary: 'The golden questions of the draft',
      response: { 200: goldenList, ...problems },
    },
    handler: async () => ({ golden: await workbench.golden() }),
  });

  app.put('/api/console/golden', {
    config,
    schema: {
      tags,
      summary: 'Adds a golden question, or changes what is expected of it: a verdict',
      body: goldenSet,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { reason, brand, ...golden } = request.body;
      const named = brand === undefined ? golden : { ...golden, brand };
      await workbench.setGolden(writerOf(request, reason), named);
      return reply.code(204).send();
    },
  });

  app.post('/api/console/golden/remove', {
    config,
    schema: {
      tags,
      summary: 'Takes a golden question out of the draft',
      body: goldenRemove,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { reason, brand, ...golden } = request.body;
      const named = brand === undefined ? golden : { ...golden, brand };
      if (!(await workbench.removeGolden(writerOf(request, reason), named)))
        throw new HttpProblem(404, 'kb_golden_unknown', 'There is no such golden question.');
      return reply.code(204).send();
    },
  });

  app.get('/api/console/versions', {
    config,
    schema: {
      tags,
      summary: 'What was published, newest first',
      response: { 200: versionList, ...problems },
    },
    handler: async () => ({
      versions: (await workbench.versions()).map((one) => ({ ...one, publishedAt: iso(one.publishedAt) })),
    }),
  });

  app.post('/api/console/publish', {
    config,
    schema: {
      tags,
      summary: 'Publishes the draft once its golden questions show that nothing gets worse',
      description: 'With `override` also when something does: then that is why.',
      body: publication,
      response: { 200: published, ...problems },
    },
    handler: async (request) => {
      const { comment, override } = request.body;
      const writer = writerOf(request, override ?? comment);
      const { version, articleCount, proof } = await workbench.publish(writer, override !== undefined);
      return { version, articleCount, proof: proofJson(proof) };
    },
  });

  app.post('/api/console/rollback', {
    config,
    schema: {
      tags,
      summary: 'Publishes an earlier version again, all of it, as a new one',
      body: rollback,
      response: { 200: rolledBack, ...problems },
    },
    handler: async (request) => {
      const { version, reason } = request.body;
      return workbench.rollBack(writerOf(request, reason), version);
    },
  });
}
