import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Agent } from '../core/conversation.ts';
import type { Role } from '../store/accounts.ts';

/** The web server that routes are added to; their types come from their zod schemas. */
export type WebApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Who may call a route: anybody, a visitor with a secret, or somebody signed in with at least this role. */
export type Allow = 'public' | 'visitor' | Role;

/** Somebody signed in, and how they showed it. */
export interface Person {
  readonly agent: Agent;
  readonly email: string | null;
  readonly role: Role;
  readonly by: 'session' | 'token' | 'demo';
  /** The hash of their session's secret, where they have one. */
  readonly session?: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    allow: Allow;
    /**
     * On a route for supervisors or administrators: it keeps brands apart itself. Whoever works for some brands only is
     * refused every other one of these, since it is about all of them at once.
     */
    byBrand?: true;
    /** On a public route: other sites may ask for its changes, since it finds out itself who calls. */
    fromAnywhere?: true;
  }
  interface FastifyRequest {
    /** The visitor's secret; set on routes for visitors. */
    visitor: string | null;
    /** Set on routes that need a role. */
    person: Person | null;
  }
}
