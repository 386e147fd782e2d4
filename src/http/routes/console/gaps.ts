import { z } from 'zod';
import type { ProposedGap } from '../../../kb/gap-work.ts';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import { HttpProblem } from '../../problem.ts';
import {
  days,
  gapAccept,
  gapAccepted,
  gapDetail,
  gapDismiss,
  gapDraft,
  gapDraftQuery,
  gapList,
  gapQuery,
  gapRef,
  gapRestore,
  settledGaps,
} from '../../schemas/console-gaps.ts';
import { problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { gapSeen, insistOwnGap, type OwnBrands, ownConfig } from './own-brands.ts';
import { config, tags, writerOf } from './writer.ts';

/** Questions of one gap that are shown, the newest of them: of thousands nobody reads more. */
const mostAsked = 100;

/** What the bot could not answer, and what is done about it. @param redact takes personal data out of a text */
export function consoleGapRoutes(
  app: WebApp,
  { workbench, redact, own }: { workbench: Workbench; redact: (text: string) => string; own: OwnBrands },
): void {
  const shown = new WeakMap<ProposedGap['gap'], ReturnType<typeof gapJson>>();

  /** A gap for pages: made once of each that was found. */
  function show(one: ProposedGap): ReturnType<typeof gapJson> {
    const known = shown.get(one.gap);
    if (known !== undefined) return known;
    const made = gapJson(one, redact);
    shown.set(one.gap, made);
    return made;
  }

  app.get('/api/console/gaps', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Questions that were not settled, grouped by meaning, the most costly first',
      querystring: gapQuery,
      response: { 200: gapList, ...problems },
    },
    handler: async (request) => {
      const { query } = request;
      const shelves = await own.shelves(request);
      const found = await workbench.gaps(query.days);
      const all = found.gaps.filter(({ gap }) => gapSeen(shelves, gap));
      const wanted =
        query.proposed === undefined ? all : all.filter(({ gap }) => gap.proposed === query.proposed);
      return {
        gaps: wanted.slice(0, query.limit).map(show),
        of: wanted.length,
        at: found.at === null ? null : iso(found.at),
        finding: found.finding,
      };
    },
  });

  app.get('/api/console/gaps/settled', {
    config,
    schema: {
      tags,
      summary: 'What was decided about gaps, newest first',
      response: { 200: settledGaps, ...problems },
    },
    handler: async () => {
      const settled = (await workbench.settledGaps()).toReversed().slice(0, 500);
      return {
        settled: settled.map((one) => ({ ...one, at: iso(one.at), questions: one.questions.length })),
      };
    },
  });

  app.get('/api/console/gaps/:id', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'A gap with what was asked and what became of it',
      params: gapRef,
      querystring: days,
      response: { 200: gapDetail, ...problems },
    },
    handler: async (request) => {
      const { params, query } = request;
      const found = await workbench.gap(params.id, query.days);
      if (found === undefined) throw new HttpProblem(404, 'kb_gap_unknown', 'There is no such gap.');
      await own.insistGap(request, found.gap);
      return {
        gap: show(found),
        asked: found.gap.questions
          .slice(-mostAsked)
          .map(({ name: _, agentMs: __, at, question, replies, execution, ...rest }) => ({
            ...rest,
            at: iso(at),
            question: redact(question),
            replies: replies.map(redact),
            execution: execution === null ? null : redact(execution),
          })),
      };
    },
  });

  app.post('/api/console/gaps/:id/accept', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Puts what a gap needs into the draft: examples of an article, or a new one',
      params: gapRef,
      querystring: days,
      body: gapAccept,
      response: { 200: gapAccepted, ...problems },
    },
    handler: async (request) => {
      const { reason, action, article, wordings, edited } = request.body;
      const { id } = request.params;
      await insistOwnGap(own, workbench, request, { id, days: request.query.days, action, article, edited });
      const { articles, examples, golden } = await workbench.acceptGap(
        writerOf(request, reason),
        request.params.id,
        request.query.days,
        {
          action,
          article,
          ...(wordings === undefined ? {} : { wordings }),
          ...(edited === undefined ? {} : { edited }),
        },
      );
      return { articles, examples, golden };
    },
  });

  app.get('/api/console/gaps/:id/draft', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'The article that accepting a gap would add, to be worked on before it is accepted',
      params: gapRef,
      querystring: gapDraftQuery,
      response: { 200: gapDraft, ...problems },
    },
    handler: async (request) => {
      const { params, query } = request;
      await insistOwnGap(own, workbench, request, { id: params.id, days: query.days });
      return { article: { ...(await workbench.draftGap(params.id, query.days, query.article)) } };
    },
  });

  app.post('/api/console/gaps/:id/restore', {
    config,
    schema: {
      tags,
      summary: 'Takes back the newest decision about a gap, and what it put into the draft',
      params: gapRef,
      body: gapRestore,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      await workbench.restoreGap(writerOf(request, request.body.reason), request.params.id);
      return reply.code(204).send();
    },
  });

  app.post('/api/console/gaps/:id/dismiss', {
    config: ownConfig,
    schema: {
      tags,
      summary: 'Hides a gap until more have asked anew; the reason is remembered',
      params: gapRef,
      querystring: days,
      body: gapDismiss,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { params, query, body } = request;
      await insistOwnGap(own, workbench, request, { id: params.id, days: query.days });
      await workbench.dismissGap(writerOf(request, body.reason), params.id, query.days);
      return reply.code(204).send();
    },
  });
}

function gapJson({ gap, proposal }: ProposedGap, redact: (text: string) => string) {
  const { id, questions, agentMs, proposed, wordings } = gap;
  const count = (happened: string) => questions.filter((one) => one.happened === happened).length;
  return {
    id,
    questions: questions.length,
    agentMs,
    proposed,
    wordings: wordings.slice(0, 20).map(({ text, language }) => ({ text: redact(text), language })),
    happened: {
      unanswered: count('unanswered'),
      disliked: count('disliked'),
      person: count('person'),
      asked: count('asked'),
      second: count('second'),
      solved: questions.filter(({ solved }) => solved).length,
    },
    proposal,
  };
}
