import { z } from 'zod';
import type { Agent } from '../../core/conversation.ts';
import type { CaseAction, CaseDesk } from '../../escalation/case-view.ts';
import { personOf } from '../access.ts';
import { noSuchCase, refusalProblem } from '../problem.ts';
import {
  agentReply,
  agentWords,
  assessmentBody,
  caseAnswer,
  caseDetailJson,
  caseDetailSchema,
  caseJson,
  caseList,
  caseQuery,
  caseRef,
  customerPlan,
  escalation,
  isCaseRef,
  questionToTier,
  solution,
  vendorAnswer,
  vendorCase,
} from '../schemas/case.ts';
import { problems } from '../schemas/problem.ts';
import { emptyBody } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['cases'];
const config = { allow: 'agent' } as const;

/** The agents' cases. */
export function caseRoutes(app: WebApp, { cases }: { cases: CaseDesk }): void {
  app.get('/api/cases', {
    config,
    schema: {
      tags,
      summary: 'Cases, nearest deadline first; closed ones newest first',
      querystring: caseQuery,
      response: { 200: caseList, ...problems },
    },
    handler: async (request) => {
      const { view, tier, limit } = request.query;
      const { agent } = personOf(request);
      const list = await cases.list({ view, agent, limit, ...(tier === undefined ? {} : { tier }) });
      return { cases: list.cases.map(caseJson), counts: [...list.counts] };
    },
  });

  app.get('/api/cases/:id', {
    config,
    schema: {
      tags,
      summary: 'A case with its brief and its whole story',
      params: caseRef,
      response: { 200: caseDetailSchema, ...problems },
    },
    handler: async (request) => {
      const detail = await cases.open(refOf(request.params), personOf(request).agent);
      if (detail === null) throw noSuchCase();
      return caseDetailJson(detail);
    },
  });

  app.post('/api/cases/:id/typing', {
    config,
    schema: {
      tags,
      summary: 'Says that the agent is writing',
      params: caseRef,
      body: emptyBody,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      await cases.typing(refOf(request.params), personOf(request).agent);
      return reply.code(204).send();
    },
  });

  action(app, cases, 'claim', 'Takes a case', emptyBody, () => ({ type: 'claim' }));
  action(app, cases, 'reply', 'Answers the customer', agentReply, ({ id, text = '', files = [] }) => ({
    type: 'reply',
    id,
    text,
    files,
  }));
  action(app, cases, 'note', 'Leaves a note that only agents see', agentWords, (body) => ({
    type: 'note',
    ...body,
  }));
  action(
    app,
    cases,
    'escalate',
    'Gives a case to a higher tier',
    escalation,
    ({ reason, tier, logbook }) => ({
      type: 'escalate',
      reason,
      tier: tier ?? null,
      ...(logbook === undefined ? {} : { logbook }),
    }),
  );
  action(app, cases, 'assess', 'Records the four answers of an expert', assessmentBody, ({ assessment }) => ({
    type: 'assess',
    assessment,
  }));
  action(
    app,
    cases,
    'vendor',
    'Says that the vendor has the case',
    vendorCase,
    ({ reference, remindAt }) => ({
      type: 'to-vendor',
      reference,
      remindAt: Date.parse(remindAt),
    }),
  );
  action(app, cases, 'vendor-answered', 'Takes down what the vendor answered', vendorAnswer, (body) => ({
    type: 'vendor-answered',
    ...body,
  }));
  action(app, cases, 'plan', 'Says which plan the customer has', customerPlan, ({ plan }) => ({
    type: 'set-plan',
    plan,
  }));
  action(app, cases, 'return-to-bot', 'Gives a case back to the bot', emptyBody, () => ({
    type: 'return-to-bot',
  }));
  action(app, cases, 'ask', 'Asks the people of a tier something, privately', questionToTier, (body) => ({
    type: 'ask',
    ...body,
  }));
  action(
    app,
    cases,
    'solve',
    'Says that a case is solved',
    solution,
    ({ logbook, propose, followUpDays }) => ({
      type: 'solve',
      logbook,
      ...(followUpDays == null ? {} : { followUpDays }),
      ...(propose === undefined ? {} : { propose }),
    }),
  );
}

/** An action of an agent on a case, at an address of its own. */
export function action<Body extends z.ZodType>(
  app: WebApp,
  cases: CaseDesk,
  name: string,
  summary: string,
  body: Body,
  read: (body: z.output<Body>) => CaseAction,
): void {
  app.post(`/api/cases/:id/${name}`, {
    config,
    schema: { tags, summary, params: caseRef, body, response: { 200: caseAnswer, ...problems } },
    handler: async (request) => {
      const input = request.body as z.output<Body>;
      return act(cases, refOf(request.params), personOf(request).agent, read(input));
    },
  });
}

async function act(cases: CaseDesk, ref: string, agent: Agent, wanted: CaseAction) {
  const done = await cases.act(ref, agent, wanted);
  if ('refused' in done) throw refusalProblem(done.refused);
  return { case: caseJson(done.case) };
}

/** A number that stores can count to, or an id; whatever else is asked for does not exist. */
function refOf({ id }: { id: string }): string {
  if (!isCaseRef(id)) throw noSuchCase();
  return id;
}
