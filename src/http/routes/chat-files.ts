import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { WebChat } from '../../channels/webchat/index.ts';
import type { Clock } from '../../core/clock.ts';
import { secretHash } from '../../core/ids.ts';
import { visitorOf } from '../access.ts';
import { createAttempts } from '../attempts.ts';
import { networkOf } from '../origin.ts';
import { HttpProblem } from '../problem.ts';
import { fileName, fileRef } from '../schemas/case.ts';
import { chatFileAnswer } from '../schemas/chat.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';
import { sendFile, uploads } from './files.ts';

const tags = ['chat'];
const config = { allow: 'visitor' } as const;

const windowMs = 10 * 60_000;

/** Uploads of one visitor, and from one network, in ten minutes: nobody fills the disk with what they never send. */
const maxOfVisitor = 30;
const maxOfNetwork = 120;

/** What the files of the web chat are served from. */
export interface ChatFileDeps {
  readonly chat: Pick<WebChat, 'keepFile' | 'file'>;
  readonly clock: Clock;
  readonly maxBytes: number;
}

/** Files of the web chat, both ways. */
export async function chatFileRoutes(app: WebApp, { chat, clock, maxBytes }: ChatFileDeps): Promise<void> {
  const ofVisitor = createAttempts({ clock, max: maxOfVisitor, windowMs });
  const ofNetwork = createAttempts({ clock, max: maxOfNetwork, windowMs });

  /** @throws HttpProblem `too_many_files` */
  function count(request: FastifyRequest): void {
    const waitMs = Math.max(
      ofVisitor.take(secretHash(visitorOf(request))),
      ofNetwork.take(networkOf(request.ip)),
    );
    if (waitMs === 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw new HttpProblem(429, 'too_many_files', `Too many files; please wait ${seconds} seconds.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }

  app.get('/api/chat/files/:id', {
    config,
    schema: { tags, summary: "A file of the visitor's conversations", params: fileRef },
    handler: async (request, reply) =>
      sendFile(reply, await chat.file(visitorOf(request), request.params.id)),
  });

  await app.register(async (untyped) => {
    const scope = untyped.withTypeProvider<ZodTypeProvider>();
    uploads(scope, maxBytes);
    scope.post('/api/chat/files', {
      config,
      onRequest: async (request) => count(request),
      schema: {
        tags,
        summary: 'Uploads a file for a message: its bytes are the body',
        querystring: fileName,
        response: { 201: chatFileAnswer, ...problems },
      },
      handler: async (request, reply) => {
        const bytes = request.body as Readable;
        const type = request.headers['content-type'] ?? 'application/octet-stream';
        const file = await chat.keepFile({ name: request.query.name, type, bytes });
        return reply.code(201).send({ file });
      },
    });
  });
}
