import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Role } from '../store/accounts.ts';
import { type Auth, foreignOrigin, safeMethods } from './auth.ts';
import { originOf } from './origin.ts';
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
  /** Whether those who work for some brands only are let in: the route keeps them apart. */
  readonly byBrand: boolean;
}

/** The brands that somebody works for; undefined: all. */
export type BrandsOf = (agent: Person['agent']) => Promise<readonly string[] | undefined>;

/** What the rules are kept by. */
export interface GuardDeps {
  readonly auth: Pick<Auth, 'identify'>;
  readonly visitors: Pick<Visitors, 'secretOf'>;
  readonly brandsOf: BrandsOf;
  readonly publicUrl: string | null;
}

/**
 * The one place where it is decided who may call what: every route added later must state its rule.
 * @returns the rules of all routes, as they are added
 */
export function guard(app: WebApp, deps: GuardDeps): readonly RouteRule[] {
  const routes: RouteRule[] = [];
  app.decorateRequest('visitor', null);
  app.decorateRequest('person', null);
  app.addHook('onRoute', (route) => {
    const allow = ruleOf(route);
    const byBrand = ranks[allow as Role] === ranks.agent || route.config?.byBrand === true;
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, allow, byBrand });
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const { allow, byBrand } = request.routeOptions.config;
    if (allow === 'public') return refuseForeign(request, deps.publicUrl);
    if (allow === 'visitor') {
      request.visitor = deps.visitors.secretOf(request);
      return;
    }
    request.person = await admit(deps.auth, request, allow);
    if (allow === 'agent' || byBrand === true) return;
    if ((await deps.brandsOf(request.person.agent)) === undefined) return;
    throw new HttpProblem(403, 'not_for_brands', 'This is about all brands, and you work for some of them.');
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

/** A page of another site can neither sign somebody in nor do anything else here. @throws HttpProblem `foreign_origin` */
function refuseForeign(request: FastifyRequest, publicUrl: string | null): void {
  if (safeMethods.has(request.method) || request.routeOptions.config.fromAnywhere === true) return;
  if (originOf(request, publicUrl) === 'foreign') throw foreignOrigin();
}

/** Whether whoever was let in before would be let in now. What is open to all stays so. @throws what the store throws */
export async function stillAllowed(auth: Pick<Auth, 'identify'>, request: FastifyRequest): Promise<boolean> {
  const { allow } = request.routeOptions.config;
  if (allow === 'public' || allow === 'visitor') return true;
  const person = await auth.identify(request);
  return person !== null && ranks[person.role] >= ranks[allow];
}

/** @throws HttpProblem `sign_in_required`, `not_allowed` */
async function admit(auth: Pick<Auth, 'identify'>, request: FastifyRequest, role: Role): Promise<Person> {
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
