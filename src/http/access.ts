import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Role } from '../store/accounts.ts';
import type { Auth } from './auth.ts';
import { HttpProblem } from './problem.ts';
import type { Visitors } from './visitor.ts';
import type { Allow, Person, WebApp } from './web-app.ts';

/** Each role may do all that the ones before it may. */
const ranks: Readonly<Record<Role, number>> = { agent: 1, supervisor: 2, administrator: 3 };

const rules: ReadonlySet<unknown> = new Set<Allow>([
  'public',
  'visitor',
  'agent',
  'supervisor',
  'administrator',
]);

/** A route and whom it lets in. */
export interface RouteRule {
  readonly method: string;
  /** With its parameters, such as `/api/cases/:id`. */
  readonly url: string;
  readonly allow: Allow;
}

/**
 * The one place where it is decided who may call what: every route added later must state its rule.
 * @returns the rules of all routes, as they are added
 */
export function guard(app: WebApp, deps: { auth: Auth; visitors: Visitors }): readonly RouteRule[] {
  const routes: RouteRule[] = [];
  app.decorateRequest('visitor', null);
  app.decorateRequest('person', null);
  app.addHook('onRoute', (route) => {
    const allow = ruleOf(route);
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, allow });
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const { allow } = request.routeOptions.config;
    if (allow === 'public') return;
    if (allow === 'visitor') {
      request.visitor = deps.visitors.secretOf(request);
      return;
    }
    request.person = await admit(deps.auth, request, allow);
  });
  return routes;
}

/** The secret of the visitor that a route for visitors was called by. */
export function visitorOf({ visitor }: FastifyRequest): string {
  if (visitor === null) throw new Error('the route does not require a visitor');
  return visitor;
}

/** The person that a route with a role was called by. */
export function personOf({ person }: FastifyRequest): Person {
  if (person === null) throw new Error('the route does not require a role');
  return person;
}

/** @throws HttpProblem `sign_in_required`, `not_allowed` */
async function admit(auth: Auth, request: FastifyRequest, role: Role): Promise<Person> {
  const person = await auth.identify(request);
  if (person === null) {
    throw new HttpProblem(401, 'sign_in_required', 'This needs somebody who has signed in.', {
      hint: 'Sign in at /desk, or send an API token (Authorization: Bearer …).',
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  if (ranks[person.role] < ranks[role]) {
    throw new HttpProblem(403, 'not_allowed', `This needs the role ${role}.`);
  }
  return person;
}

function ruleOf({ method, url, config }: RouteOptions): Allow {
  if (config === undefined || !rules.has(config.allow)) {
    throw new Error(`the route ${String(method)} ${url} does not say whom it allows (config.allow)`);
  }
  return config.allow;
}
