import { z } from 'zod';
import type { BrandsOf } from '../access.ts';
import type { Auth } from '../auth.ts';
import { credentials, sessionJson } from '../schemas/account.ts';
import { problems } from '../schemas/problem.ts';
import type { Person, WebApp } from '../web-app.ts';

/** Signing in and out of the desk. */
export function sessionRoutes(
  app: WebApp,
  {
    auth,
    brandsOf,
    provider,
  }: {
    readonly auth: Auth;
    readonly brandsOf: BrandsOf;
    /** Where else people sign in; undefined: nowhere. */
    readonly provider?: z.output<typeof sessionJson>['provider'];
  },
): void {
  const tags = ['session'];
  const config = { allow: 'public' } as const;

  app.get('/api/session', {
    config,
    schema: { tags, summary: 'Who is signed in', response: { 200: sessionJson, ...problems } },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const [person, needsSetup] = await Promise.all([auth.identify(request), auth.needsSetup()]);
      const session = sessionOf(person, needsSetup);
      if (person === null) return provider === undefined || needsSetup ? session : { ...session, provider };
      const brands = await brandsOf(person.agent);
      return { ...session, brands: brands === undefined ? null : [...brands] };
    },
  });

  app.post('/api/session', {
    config,
    schema: {
      tags,
      summary: 'Signs in',
      body: credentials,
      response: { 200: sessionJson, ...problems },
    },
    handler: async (request, reply) => {
      const { email, password } = request.body;
      return sessionOf(await auth.signIn(request, reply, email, password), false);
    },
  });

  app.delete('/api/session', {
    config,
    schema: { tags, summary: 'Signs out', response: { 204: z.undefined(), ...problems } },
    handler: async (request, reply) => {
      await auth.signOut(request, reply);
      return reply.code(204).send();
    },
  });
}

/** Who is signed in, as the pages read it. */
export function sessionOf(person: Person | null, needsSetup: boolean): z.output<typeof sessionJson> {
  const demo = person?.by === 'demo';
  if (person === null) return { user: null, demo, needsSetup };
  const { agent, email, role } = person;
  return { user: { id: agent.id, name: agent.name, email, role }, demo, needsSetup };
}
