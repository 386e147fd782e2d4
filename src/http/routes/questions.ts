import type { CaseDesk } from '../../escalation/case-view.ts';
import { personOf } from '../access.ts';
import { noSuchCase, refusalProblem } from '../problem.ts';
import {
  caseAnswer,
  caseJson,
  isCaseRef,
  privateAnswer,
  questionJson,
  questionList,
  questionRef,
} from '../schemas/case.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['cases'];
const config = { allow: 'agent' } as const;

/** Questions to tiers: what waits for an answer, and the answer. */
export function questionRoutes(app: WebApp, { cases }: { cases: CaseDesk }): void {
  app.get('/api/desk/questions', {
    config,
    schema: {
      tags,
      summary: "Questions that wait for an answer of the agent's tiers: the bot's first, then the oldest",
      response: { 200: questionList, ...problems },
    },
    handler: async (request) => {
      const { agent } = personOf(request);
      return { questions: (await cases.questions(agent)).map(questionJson) };
    },
  });

  app.post('/api/cases/:id/questions/:question/answer', {
    config,
    schema: {
      tags,
      summary: 'Answers a question to a tier, privately',
      description: 'Where the bot had asked and still has the conversation, it tells the customer.',
      params: questionRef,
      body: privateAnswer,
      response: { 200: caseAnswer, ...problems },
    },
    handler: async (request) => {
      const { id: ref, question } = request.params;
      if (!isCaseRef(ref)) throw noSuchCase();
      const { agent } = personOf(request);
      const done = await cases.act(ref, agent, { type: 'answer-question', question, ...request.body });
      if ('refused' in done) throw refusalProblem(done.refused);
      return { case: caseJson(done.case) };
    },
  });
}
