import type { FastifyHelmetOptions } from '@fastify/helmet';

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
