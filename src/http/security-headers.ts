import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * What browsers are told to refuse: everything that is not our own, and every inline script and style.
 * @param publicUrl https only is asked for where it is the public address
 */
export function securityHeaders(publicUrl: string | null): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        formAction: ["'self'"],
        // /demo shows the chat and the desk side by side.
        frameAncestors: ["'self'"],
      },
    },
    frameguard: { action: 'sameorigin' },
    hsts: publicUrl?.startsWith('https:') ? { maxAge: 180 * 24 * 60 * 60, includeSubDomains: false } : false,
  };
}

/** No page may use camera, microphone or screen, but for the one whose route says otherwise: the page before a call. */
export async function refuseDevices(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('permissions-policy', 'camera=(), microphone=(), display-capture=()');
}
