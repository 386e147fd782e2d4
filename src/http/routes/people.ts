import { z } from 'zod';
import type { CaseDesk } from '../../escalation/case-view.ts';
import { personOf } from '../access.ts';
import { HttpProblem, noSuchCase } from '../problem.ts';
import { caseRef, joining, parting } from '../schemas/case.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

/** Whose addresses are one person's, as agents know it. */
export function peopleRoutes(app: WebApp, { cases }: { cases: CaseDesk }): void {
  const config = { allow: 'agent' } as const;
  const tags = ['cases'];
  const response = { 204: z.undefined(), ...problems };

  app.post('/api/cases/:id/people', {
    config,
    schema: {
      tags,
      summary: "Says that another case's customer is this one's",
      params: caseRef,
      body: joining,
      response,
    },
    handler: async (request, reply) => {
      const done = await cases.join(request.params.id, personOf(request).agent, request.body.case);
      if (done === 'not_found') throw noSuchCase();
      if (done === 'same_person') {
        throw new HttpProblem(409, 'same_person', 'Both cases are the same customer already.');
      }
      if (done === 'other_brand') {
        throw new HttpProblem(409, 'other_brand', 'The two cases are with different companies.', {
          hint: 'Nothing crosses between brands, and so nobody is joined across them.',
        });
      }
      return reply.code(204).send();
    },
  });

  app.post('/api/cases/:id/people/part', {
    config,
    schema: {
      tags,
      summary: 'Undoes that an address is the same customer',
      params: caseRef,
      body: parting,
      response,
    },
    handler: async (request, reply) => {
      if (!(await cases.part(request.params.id, personOf(request).agent, request.body.key))) {
        throw new HttpProblem(404, 'no_such_person', 'No such address is joined to this customer.');
      }
      return reply.code(204).send();
    },
  });
}
