import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { isSecure } from './origin.ts';

/** A cookie that browsers send to nobody else, over https or to this computer with the `__Host-` prefix. */
export interface PageCookie {
  /** The value that the browser sent; undefined when there is none. */
  read(request: FastifyRequest): string | undefined;
  set(request: FastifyRequest, reply: FastifyReply, value: string, maxAgeSeconds: number): void;
  clear(request: FastifyRequest, reply: FastifyReply): void;
}

/**
 * @param name without the prefix
 * @param sameSite `lax`: it comes along, too, when another site's page leads to one of ours
 */
export function createCookie(name: string, log: Logger, sameSite: 'strict' | 'lax' = 'strict'): PageCookie {
  let warned = false;
  const nameFor = (request: FastifyRequest) => (isSecure(request) ? `__Host-${name}` : name);
  const optionsFor = (request: FastifyRequest) => {
    const secure = isSecure(request);
    return { path: '/', httpOnly: true, sameSite, secure } as const;
  };
  return {
    read: (request) => request.cookies[nameFor(request)],
    set(request, reply, value, maxAgeSeconds) {
      if (!isSecure(request) && !warned) {
        warned = true;
        log.warn({ cookie: name }, 'cookies travel over plain http: put https in front of Relevo');
      }
      reply.setCookie(nameFor(request), value, { ...optionsFor(request), maxAge: maxAgeSeconds });
    },
    clear(request, reply) {
      reply.clearCookie(nameFor(request), optionsFor(request));
    },
  };
}
