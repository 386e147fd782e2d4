import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Ids } from '../../core/ids.ts';
import type { Door, Shut } from '../../video/door.ts';
import { createAttempts } from '../attempts.ts';
import { foreignOrigin } from '../auth.ts';
import { isSecure, networkOf, originOf } from '../origin.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas/problem.ts';
import {
  code,
  done,
  entering,
  go,
  opening,
  presence,
  shut,
  waiting,
  withoutVideo,
} from '../schemas/video.ts';
import type { WebApp } from '../web-app.ts';
import { sendPage } from './pages.ts';

/** What the waiting page's routes need. */
export interface VideoDeps {
  /** Null: video is not set up, and every link leads to a page that says so. */
  readonly door: Door | null;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly publicUrl: string | null;
  /** Where the built pages are; null: none. */
  readonly folder: string | null;
}

const config = { allow: 'public' } as const;
const tags = ['video'];
const cookieName = 'relevo-call';
const cookieSeconds = 24 * 60 * 60;
const cookiePattern = /^[0-9a-f]{64}$/u;

/** What one measurement of a connection may move, either way. */
const maxMeasureBytes = 512 * 1024;

/** Cannot be made smaller on its way. */
const noise = randomBytes(maxMeasureBytes);

/** The page behind a one-time link into a call, and what it asks for. Nothing is used up before the click to go in. */
export async function videoRoutes(app: WebApp, deps: VideoDeps): Promise<void> {
  const { door, ids, publicUrl } = deps;
  const measures = createAttempts({ clock: deps.clock, max: 60, windowMs: 10 * 60_000 });

  /** Who asks; their browser gets a secret of its own, unless it has one. */
  function visitOf(request: FastifyRequest, reply: FastifyReply, linkCode: string) {
    reply.header('cache-control', 'no-store');
    if (request.method === 'POST' && originOf(request, publicUrl) === 'foreign') throw foreignOrigin();
    const known = request.cookies[cookieName];
    const browser = known !== undefined && cookiePattern.test(known) ? known : `${ids.id()}${ids.id()}`;
    if (browser !== known)
      reply.setCookie(cookieName, browser, {
        path: '/v',
        httpOnly: true,
        sameSite: 'lax',
        secure: isSecure(request),
        maxAge: cookieSeconds,
      });
    return { code: linkCode, browser, from: networkOf(request.ip) };
  }

  const notSetUp = (): Shut => ({
    kind: 'shut',
    reason: 'not-set-up',
    until: null,
    now: deps.clock.now(),
    role: null,
    call: null,
  });

  /** A shut door is an answer like another; only who guesses is told so by the status. */
  function answer<T extends { readonly kind: string }>(reply: FastifyReply, given: T): T {
    const { reason, until, now } = given as Partial<Shut>;
    if (reason === 'too-many-tries') {
      reply.code(429);
      reply.header('retry-after', String(Math.ceil(((until ?? 0) - (now ?? 0)) / 1_000)));
    }
    return given;
  }

  app.get('/v/:code', { config, schema: { hide: true } }, (_request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'permissions-policy': 'camera=(self), microphone=(self), display-capture=()',
    });
    return sendPage(reply, deps.folder, 'video/index.html');
  });

  app.post('/v/:code/open', {
    config,
    schema: {
      tags,
      summary: 'What the page behind a link into a call shows',
      params: code,
      body: opening,
      response: { 200: z.union([waiting, shut]), 429: shut, ...problems },
    },
    handler: async (request, reply) => {
      const visit = visitOf(request, reply, request.params.code);
      return answer(reply, (await door?.open(visit, request.body.now ?? null)) ?? notSetUp());
    },
  });

  app.post('/v/:code/waiting', {
    config,
    schema: {
      tags,
      summary: 'Says that somebody waits, and what the checks of their device found',
      params: code,
      body: presence,
      response: { 200: z.union([done, shut]), 429: shut, ...problems },
    },
    handler: async (request, reply) => {
      const visit = visitOf(request, reply, request.params.code);
      if (door === null) return notSetUp();
      return answer(reply, (await door.waiting(visit, request.body.checks)) ?? { kind: 'done' as const });
    },
  });

  app.post('/v/:code/enter', {
    config,
    schema: {
      tags,
      summary: 'Uses the link, and says where the call is',
      params: code,
      body: entering,
      response: { 200: z.union([go, shut]), 429: shut, ...problems },
    },
    handler: async (request, reply) => {
      const visit = visitOf(request, reply, request.params.code);
      if (!request.body.agreed)
        throw new HttpProblem(400, 'not_agreed', 'Nobody goes in who has not agreed to what will be seen.');
      return answer(reply, (await door?.enter(visit, request.body.camera)) ?? notSetUp());
    },
  });

  app.post('/v/:code/without-video', {
    config,
    schema: {
      tags,
      summary: 'Goes on without video',
      params: code,
      body: withoutVideo,
      response: { 200: z.union([done, shut]), 429: shut, ...problems },
    },
    handler: async (request, reply) => {
      const visit = visitOf(request, reply, request.params.code);
      if (door === null) return notSetUp();
      const { wish, why } = request.body;
      return answer(reply, (await door.withoutVideo(visit, wish, why)) ?? { kind: 'done' as const });
    },
  });

  app.post('/v/:code/left', {
    config,
    schema: {
      tags,
      summary: 'Says that somebody left the page or the call',
      params: code,
      body: z.object({}),
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      await door?.left(visitOf(request, reply, request.params.code));
      return reply.code(204).send();
    },
  });

  app.get('/v/:code/call.ics', { config, schema: { hide: true, params: code } }, async (request, reply) => {
    const file = await door?.calendar({ code: request.params.code, from: networkOf(request.ip) });
    reply.header('cache-control', 'no-store');
    if (file === null || file === undefined)
      throw new HttpProblem(404, 'no_appointment', 'There is no appointment here.');
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="relevo.ics"')
      .send(file);
  });

  /** @throws HttpProblem when who asks has no way into a call, or asked too often */
  async function meterOf(request: FastifyRequest, reply: FastifyReply, linkCode: string): Promise<void> {
    const visit = visitOf(request, reply, linkCode);
    if (!(await door?.mayMeasure(visit)))
      throw new HttpProblem(404, 'not_found', 'There is nothing at this address.');
    const waitMs = measures.take(linkCode);
    if (waitMs > 0)
      throw new HttpProblem(429, 'too_many_measurements', 'The connection was measured often enough.', {
        headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
      });
  }

  app.get('/v/:code/bytes', {
    config,
    schema: {
      hide: true,
      params: code,
      querystring: z.object({ size: z.coerce.number().int().min(0).max(maxMeasureBytes) }),
    },
    handler: async (request, reply) => {
      await meterOf(request, reply, request.params.code);
      return reply.type('application/octet-stream').send(noise.subarray(0, request.query.size));
    },
  });

  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: maxMeasureBytes },
      (_request, body, parsed) => parsed(null, body),
    );
    scope.post<{ Params: z.output<typeof code> }>(
      '/v/:code/bytes',
      { config, schema: { hide: true }, bodyLimit: maxMeasureBytes },
      async (request, reply) => {
        await meterOf(request, reply, request.params.code);
        return reply.code(204).send();
      },
    );
  });
}
