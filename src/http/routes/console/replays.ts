import { z } from 'zod';
import type { ReplayJob } from '../../../kb/workbench/replay-jobs.ts';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import type { EventStreams } from '../../event-stream.ts';
import { HttpProblem } from '../../problem.ts';
import { replayJob, replayRef, replayStart } from '../../schemas/console.ts';
import { eventStream, problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { proofJson } from './proof-json.ts';
import { config, tags, writerOf } from './writer.ts';

/** Changes that are sent; whoever has more looks at the first ones first. */
const maxChanges = 1_000;

/** Replays: the draft answers what customers really asked. They run in the process that was asked for them. */
export function consoleReplayRoutes(
  app: WebApp,
  { workbench, streams }: { workbench: Workbench; streams: EventStreams },
): void {
  app.post('/api/console/replays', {
    config,
    schema: {
      tags,
      summary: 'Begins to ask the newest real questions of what is published and of the draft',
      body: replayStart,
      response: { 200: replayJob, ...problems },
    },
    handler: async (request) =>
      jobJson(await workbench.startReplay(writerOf(request), request.body.questions)),
  });

  app.get('/api/console/replays/:id', {
    config,
    schema: {
      tags,
      summary: 'How far a replay is, and its result once it is done',
      params: replayRef,
      response: { 200: replayJob, ...problems },
    },
    handler: async ({ params }) => jobJson(known(params.id)),
  });

  app.get('/api/console/replays/:id/stream', {
    config,
    exposeHeadRoute: false,
    schema: {
      tags,
      summary: 'How far a replay is, as server-sent events',
      description: 'Events: `step` (`{stage, done, of}`) and at last `end` (`{state}`); then it is over.',
      params: replayRef,
      response: eventStream,
    },
    handler: async ({ params }, reply) => {
      const job = known(params.id);
      let unwatch = (): void => undefined;
      const stream = streams.open(reply, { look: () => undefined, closed: () => unwatch() });
      const tell = ({ state, step }: ReplayJob): void => {
        if (state === 'running') stream.send({ event: 'step', data: step });
        else {
          stream.send({ event: 'end', data: { state } });
          stream.end();
        }
      };
      tell(job);
      if (job.state === 'running') unwatch = workbench.watchReplay(job.id, tell);
      return reply;
    },
  });

  app.post('/api/console/replays/:id/cancel', {
    config,
    schema: {
      tags,
      summary: 'Ends a replay',
      params: replayRef,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async ({ params }, reply) => {
      known(params.id);
      workbench.cancelReplay(params.id);
      return reply.code(204).send();
    },
  });

  function known(id: string): ReplayJob {
    const job = workbench.replayJob(id);
    if (job !== null) return job;
    throw new HttpProblem(404, 'kb_replay_unknown', 'There is no such replay here, or not any more.');
  }
}

function jobJson({ id, by, startedAt, state, step, error, result }: ReplayJob) {
  return {
    id,
    by,
    startedAt: iso(startedAt),
    state,
    step,
    error,
    result:
      result === null
        ? null
        : {
            questions: result.questions,
            same: result.same,
            before: { ...result.before },
            after: { ...result.after },
            changes: result.changes.slice(0, maxChanges).map(({ question, change, before, after }) => ({
              ...question,
              at: iso(question.at),
              change,
              before: { ...before },
              after: { ...after },
            })),
            proof: proofJson(result.proof),
          },
  };
}
