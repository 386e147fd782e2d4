import { z } from 'zod';
import type { CaseDesk } from '../../escalation/case-view.ts';
import type { NextCase } from '../../escalation/next-case.ts';
import { personOf } from '../access.ts';
import { noSuchCase, refusalProblem } from '../problem.ts';
import { caseAnswer, caseJson } from '../schemas/case.ts';
import { problems } from '../schemas/problem.ts';
import { emptyBody } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['cases'];
const config = { allow: 'agent' } as const;
const availability = z.object({ availability: z.enum(['available', 'away']) });

/** An agent's next case, and whether they take any. */
export function nextCaseRoutes(app: WebApp, { cases, next }: { cases: CaseDesk; next: NextCase }): void {
  app.post('/api/desk/next', {
    config,
    schema: {
      tags,
      summary: 'Takes the case that comes next for the agent',
      body: emptyBody,
      response: { 200: caseAnswer, ...problems },
    },
    handler: async (request) => {
      const { agent } = personOf(request);
      const taken = await next.takeNext(agent);
      if ('refused' in taken) throw refusalProblem(taken.refused);
      const detail = await cases.open(taken.taken, agent);
      if (detail === null) throw noSuchCase();
      return { case: caseJson(detail) };
    },
  });

  app.get('/api/desk/availability', {
    config,
    schema: { tags, summary: 'Whether the agent takes cases', response: { 200: availability, ...problems } },
    handler: async (request) => ({ availability: await next.availability(personOf(request).agent) }),
  });

  app.put('/api/desk/availability', {
    config,
    schema: {
      tags,
      summary: 'Says whether the agent takes cases',
      body: availability,
      response: { 200: availability, ...problems },
    },
    handler: async (request) => {
      await next.setAvailability(personOf(request).agent, request.body.availability);
      return request.body;
    },
  });
}
