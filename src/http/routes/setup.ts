import type { Ids } from '../../core/ids.ts';
import type { Auth } from '../auth.ts';
import type { Passwords } from '../password.ts';
import { HttpProblem } from '../problem.ts';
import { firstUser, sessionJson } from '../schemas/account.ts';
import { problems } from '../schemas/problem.ts';
import type { Setup } from '../setup.ts';
import type { WebApp } from '../web-app.ts';
import { sessionOf } from './session.ts';
import { newUserOf } from './users.ts';

/** What the first sign-up needs. */
export interface SetupRouteDeps {
  readonly auth: Auth;
  readonly setup: Setup;
  readonly passwords: Passwords;
  readonly ids: Ids;
}

/** Creates the first administrator, by the token that the start prints. */
export function setupRoute(app: WebApp, { auth, setup, passwords, ids }: SetupRouteDeps): void {
  app.post('/api/setup', {
    config: { allow: 'public' },
    schema: {
      tags: ['session'],
      summary: 'Creates the first administrator and signs in',
      body: firstUser,
      response: { 201: sessionJson, ...problems },
    },
    handler: async (request, reply) => {
      const { token, ...person } = request.body;
      const attempt = await auth.countTry(request);
      const user = () => newUserOf({ ...person, role: 'administrator' }, passwords, ids);
      let made: Awaited<ReturnType<typeof user>> | null = null;
      const outcome = await setup.complete(token, async () => {
        made = await user();
        return made;
      });
      if (outcome === 'wrong-token') {
        throw new HttpProblem(
          403,
          'setup_token_invalid',
          'The link is not the one that this start printed.',
          {
            hint: 'Each start prints a new one: use the newest.',
          },
        );
      }
      if (outcome === 'already-set-up' || made === null) {
        throw new HttpProblem(409, 'already_set_up', 'There is an administrator already: sign in.');
      }
      await attempt.giveBack();
      const signedIn = await auth.begin(request, reply, made);
      return reply.code(201).send(sessionOf(signedIn, false));
    },
  });
}
