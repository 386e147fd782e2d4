import { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CaseDesk, OpenFile } from '../../escalation/case-view.ts';
import { personOf } from '../access.ts';
import { HttpProblem, noSuchCase } from '../problem.ts';
import { caseRef, fileAnswer, fileName, fileRef, messageRef } from '../schemas/case.ts';
import { problems } from '../schemas/problem.ts';
import { emptyBody } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';

const tags = ['cases'];
const config = { allow: 'agent' } as const;

/** What a browser may show by itself: whatever else came in is only ever downloaded. */
const shown = /^(?:image\/(?:png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/u;

/** Files of cases, and messages to be sent again. */
export async function fileRoutes(
  app: WebApp,
  { cases, maxBytes }: { cases: CaseDesk; maxBytes: number },
): Promise<void> {
  app.get('/api/files/:id', {
    config,
    schema: { tags, summary: 'A file of a case', params: fileRef },
    handler: async (request, reply) =>
      sendFile(reply, await cases.file(request.params.id, personOf(request).agent)),
  });

  app.post('/api/cases/:id/messages/:message/send-again', {
    config,
    schema: {
      tags,
      summary: 'Sends a message again that failed',
      params: messageRef,
      body: emptyBody,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { id, message } = request.params;
      if (!(await cases.sendAgain(id, personOf(request).agent, message))) {
        throw new HttpProblem(409, 'not_failed', 'There is no such message, or it has not failed.');
      }
      return reply.code(204).send();
    },
  });

  await app.register(async (untyped) => {
    const scope = untyped.withTypeProvider<ZodTypeProvider>();
    uploads(scope, maxBytes);
    scope.post('/api/cases/:id/files', {
      config,
      schema: {
        tags,
        summary: 'Uploads a file for a reply: its bytes are the body',
        params: caseRef,
        querystring: fileName,
        response: { 201: fileAnswer, ...problems },
      },
      handler: async (request, reply) => {
        const bytes = request.body as Readable;
        const { agent } = personOf(request);
        const file = await cases.upload(request.params.id, agent, { name: request.query.name, bytes });
        if (file === null) throw noSuchCase();
        return reply.code(201).send({ file });
      },
    });
  });
}

/**
 * Bodies of any type are read as they come, never as a whole in memory.
 * @param maxBytes what says beforehand that it is larger is not read at all
 */
export function uploads(scope: WebApp, maxBytes: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (request, payload, done) => {
    const tooLarge = Number(request.headers['content-length'] ?? 0) > maxBytes;
    done(tooLarge ? fileTooLarge(maxBytes) : null, payload);
  });
}

function fileTooLarge(maxBytes: number): HttpProblem {
  const detail = `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
  return new HttpProblem(413, 'media_too_large', detail, { hint: 'Send a smaller one.' });
}

/**
 * Answers with a file: its type as its bytes tell, never run by a browser, and what it is not sure of as a download.
 * @param file null: there is none, or it is none of the asker's business
 */
export function sendFile(reply: FastifyReply, file: OpenFile | null): FastifyReply {
  if (file === null) throw new HttpProblem(404, 'no_such_file', 'There is no such file.');
  const type = shown.test(file.type) ? file.type : 'application/octet-stream';
  return reply
    .headers({
      'content-type': type,
      'content-length': String(file.bytes),
      'content-disposition': contentDisposition(downloadName(file.name ?? 'file'), { type: 'attachment' }),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=3600, immutable',
    })
    .send(Readable.from(file.body, { objectMode: false }));
}

/** A name to save under, in whatever folder the reader chose: never a path, never more than one line. */
export function downloadName(name: string): string {
  const [last = ''] = name.split(/[/\\]/u).slice(-1);
  return last.replace(/\p{Cc}/gu, ' ').trim() || 'file';
}
