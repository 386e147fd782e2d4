import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Channel } from '../../channels/channel.ts';
import { HttpProblem } from '../problem.ts';
import type { WebApp } from '../web-app.ts';

/** What the platforms' calls are answered by. */
export interface HookDeps {
  /** A running channel by name; undefined when there is none. */
  readonly channel: (name: string) => Pick<Channel, 'webhook'> | undefined;
  /** What a video server's calls are answered by; null: nobody listens. */
  readonly video: ((request: Request) => Promise<Response>) | null;
  /** Where platforms reach us; null: as the request says. */
  readonly publicUrl: string | null;
}

/** The largest payload any of the platforms sends is below this. */
const bodyLimit = 4 * 1024 * 1024;

const config = { allow: 'public', fromAnywhere: true } as const;
const schema = { hide: true } as const;

/**
 * The platforms' calls, at `/hooks/<channel>`: handed to the channel as they came, byte for byte, because the signature is
 * over the bytes. The channel itself checks who calls.
 */
export async function hookRoutes(app: WebApp, { channel, video, publicUrl }: HookDeps): Promise<void> {
  async function answerWith(
    webhook: Channel['webhook'] | null,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (webhook === undefined || webhook === null)
      throw new HttpProblem(404, 'no_such_hook', 'No channel listens at this address.');
    const answer = await webhook(webRequest(request, publicUrl));
    const body = Buffer.from(await answer.arrayBuffer());
    return reply.code(answer.status).headers(Object.fromEntries(answer.headers)).send(body);
  }

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    scope.route<{ Params: { channel: string } }>({
      method: ['GET', 'POST'],
      url: '/hooks/:channel',
      config,
      schema,
      handler: (request, reply) => answerWith(channel(request.params.channel)?.webhook, request, reply),
    });
    scope.post('/hooks/video/*', { config, schema }, (request, reply) => answerWith(video, request, reply));
  });
}

function webRequest(request: FastifyRequest, publicUrl: string | null): Request {
  const headers = new Headers();
  for (let n = 0; n + 1 < request.raw.rawHeaders.length; n += 2) {
    headers.append(request.raw.rawHeaders[n] ?? '', request.raw.rawHeaders[n + 1] ?? '');
  }
  const url = new URL(request.url, publicUrl ?? `${request.protocol}://${request.host}`);
  const { method, body } = request;
  if (method !== 'POST') return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: Buffer.isBuffer(body) ? new Uint8Array(body) : null });
}
