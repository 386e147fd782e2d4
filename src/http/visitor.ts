import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Ids } from '../core/ids.ts';
import { foreignOrigin } from './auth.ts';
import { createCookie } from './cookies.ts';
import { originOf } from './origin.ts';
import { HttpProblem } from './problem.ts';

/** Who a visitor is: whoever holds the secret. */
export interface Visitors {
  /**
   * The secret, behind the name of the chat that was asked and a blank where there are several.
   * @throws HttpProblem `visitor_missing`, `visitor_invalid`, `foreign_origin`
   */
  secretOf(request: FastifyRequest): string;
  /** Gives the page's browser a secret of its own, unless it has one. */
  begin(request: FastifyRequest, reply: FastifyReply): void;
}

const secretPattern = /^[A-Za-z0-9_-]{32,128}$/u;
const cookieSeconds = 400 * 24 * 60 * 60;

/** Visitors by the header `X-Relevo-Visitor`, or by the cookie of the page. */
export function createVisitors(deps: {
  ids: Ids;
  log: Logger;
  publicUrl: string | null;
  /** The chat that has this host, where a company has one of its own; absent, or null: there is one for all. */
  chatOf?: ((host: string) => string | null) | undefined;
}): Visitors {
  const cookie = createCookie('relevo-visitor', deps.log);
  return {
    secretOf(request) {
      const header = request.headers['x-relevo-visitor'];
      const secret = header ?? cookie.read(request);
      if (secret === undefined) {
        throw new HttpProblem(401, 'visitor_missing', 'The request does not say which visitor it is for.', {
          hint: 'Send the header X-Relevo-Visitor with a random secret that the client keeps.',
        });
      }
      if (typeof secret !== 'string' || !secretPattern.test(secret)) {
        const detail = "The visitor's secret must be 32 to 128 letters, digits, _ or -, and random.";
        throw new HttpProblem(400, 'visitor_invalid', detail);
      }
      if (header === undefined && request.method !== 'GET' && request.method !== 'HEAD') {
        if (originOf(request, deps.publicUrl) !== 'own') throw foreignOrigin();
      }
      const chat = deps.chatOf?.(request.hostname.toLowerCase()) ?? null;
      return chat === null ? secret : `${chat} ${secret}`;
    },
    begin(request, reply) {
      if (originOf(request, deps.publicUrl) === 'foreign') throw foreignOrigin();
      const known = cookie.read(request);
      const secret = known !== undefined && secretPattern.test(known) ? known : null;
      if (secret === null) cookie.set(request, reply, `${deps.ids.id()}${deps.ids.id()}`, cookieSeconds);
    },
  };
}
