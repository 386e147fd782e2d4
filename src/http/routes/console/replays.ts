import { z } from 'zod';
import type { Replay } from '../../../kb/workbench/replay.ts';
import type { ReplayJob } from '../../../kb/workbench/replay-jobs.ts';
import type { Workbench } from '../../../kb/workbench/workbench.ts';
import type { EventStreams } from '../../event-stream.ts';
import { HttpProblem } from '../../problem.ts';
import { replayJob, replayList, replayRef, replayStart } from '../../schemas/console-replay.ts';
import { eventStream, problems } from '../../schemas/problem.ts';
import { iso } from '../../schemas/text.ts';
import type { WebApp } from '../../web-app.ts';
import { proofJson } from './proof-json.ts';
import { config, tags, writerOf } from './writer.ts';

/** Replays: the draft answers what customers really asked. They run in the process that was asked for them, and every process tells of them. */
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
      jobJson(await workbench.startReplay(writerOf(request), request.body.questions), null),
  });

  app.get('/api/console/replays', {
    config,
    schema: {
      tags,
      summary: 'The newest replays, without their results',
      response: { 200: replayList, ...problems },
    },
    handler: async () => ({ replays: (await workbench.replayJobs()).map((job) => jobJson(job, null)) }),
  });

  app.get('/api/console/replays/:id', {
    config,
    schema: {
      tags,
      summary: 'How far a replay is, and its result once it is done',
      params: replayRef,
      response: { 200: replayJob, ...problems },
    },
    handler: async ({ params }) => {
      const { job, result } = await known(params.id);
      return jobJson(job, result);
    },
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
    handler: async (request, reply) => {
      const { params } = request;
      const { job } = await known(params.id);
      let told = '';
      const tell = ({ state, step }: ReplayJob): void => {
        const news = JSON.stringify([state, step]);
        if (!stream.open || news === told) return;
        told = news;
        if (state === 'running') stream.send({ event: 'step', data: step });
        else {
          stream.send({ event: 'end', data: { state } });
          stream.end();
        }
      };
      const look = (): void => {
        workbench
          .replayJob(job.id)
          .then((found) => tell(found?.job ?? { ...job, state: 'died' }))
          .catch((error: unknown) => request.log.warn({ err: error }, 'a replay could not be looked at'));
      };
      const unwatch = workbench.watchReplay(job.id, look);
      const stream = streams.open(reply, { look, closed: unwatch });
      tell(job);
      // What ended before anybody watched is seen now.
      look();
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
      await known(params.id);
      await workbench.cancelReplay(params.id);
      return reply.code(204).send();
    },
  });

  async function known(id: string) {
    const found = await workbench.replayJob(id);
    if (found !== null) return found;
    throw new HttpProblem(404, 'kb_replay_unknown', 'There is no such replay, or not any more.');
  }
}

function jobJson({ startedAt, ...job }: ReplayJob, result: Replay | null) {
  return {
    ...job,
    startedAt: iso(startedAt),
    result:
      result === null
        ? null
        : {
            questions: result.questions,
            same: result.same,
            before: { ...result.before },
            after: { ...result.after },
            changes: result.changes.map(({ question, change, before, after }) => ({
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
