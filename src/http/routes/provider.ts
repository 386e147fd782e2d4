import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import { RelevoError } from '../../core/errors.ts';
import type { SignInProvider } from '../../oidc/provider.ts';
import type { Auth } from '../auth.ts';
import { createCookie } from '../cookies.ts';
import type { ProviderUsers } from '../provider-users.ts';
import type { WebApp } from '../web-app.ts';

/** What signing in elsewhere needs. */
export interface ProviderRouteDeps {
  readonly provider: Pick<SignInProvider, 'begin' | 'finish'>;
  readonly users: ProviderUsers;
  readonly auth: Pick<Auth, 'begin' | 'countTry' | 'needsSetup'>;
  /** The provider sends people back to it, whatever name they came by. */
  readonly publicUrl: string;
  readonly log: Logger;
}

/** Where signing in elsewhere begins. */
export const providerPath = '/api/session/oidc';

/** Signing in by a provider of OpenID Connect: away, and back again. A person reads every answer, as a page. */
export function providerRoutes(app: WebApp, deps: ProviderRouteDeps): void {
  const { provider, users, auth, log } = deps;
  // The provider's page leads back to us: a strict cookie would stay away.
  const cookie = createCookie('relevo-sign-in', log, 'lax');
  const back = `${deps.publicUrl}${providerPath}/callback`;
  const tags = ['session'];
  const config = { allow: 'public' } as const;

  /** Goes on to where `work` says, or to the page that says what went wrong. */
  async function lead(reply: FastifyReply, work: () => Promise<string>): Promise<FastifyReply> {
    reply.header('cache-control', 'no-store');
    try {
      return reply.redirect(await work());
    } catch (error) {
      if (!(error instanceof RelevoError)) throw error;
      const { code, message, hint } = error;
      log.warn({ code, why: message, ...(hint === undefined ? {} : { hint }) }, 'somebody could not sign in');
      return reply.redirect(`/desk/sign-in?error=${encodeURIComponent(code)}`);
    }
  }

  app.get(providerPath, {
    config,
    schema: {
      tags,
      summary: 'Leads to the sign-in provider',
      description:
        'A page for browsers. Where something is wrong it leads to the sign-in page, with `error`.',
      querystring: z.object({
        to: z
          .string()
          .optional()
          .catch(undefined)
          .describe('Where to go then: a page of the desk or the console.'),
      }),
    },
    handler: (request, reply) =>
      lead(reply, async () => {
        if (await auth.needsSetup()) return '/desk/sign-in';
        const { url, ticket, keepSeconds } = await provider.begin(back, placeIn(request.query.to));
        cookie.set(request, reply, ticket, keepSeconds);
        return url;
      }),
  });

  app.get(`${providerPath}/callback`, {
    config,
    schema: {
      tags,
      summary: 'Where the sign-in provider sends people back to',
      description:
        'A page for browsers. Where something is wrong it leads to the sign-in page, with `error`.',
    },
    handler: (request, reply) => lead(reply, () => comeBack(request, reply)),
  });

  async function comeBack(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const ticket = cookie.read(request);
    if (ticket === undefined)
      throw new RelevoError('oidc_expired', 'the browser has kept nothing of a sign-in');
    cookie.clear(request, reply);
    const came = new URL(back);
    came.search = new URL(request.url, back).search;
    const attempt = await auth.countTry(request);
    const { who, to } = await provider.finish(came, ticket);
    const user = await users.userOf(who);
    await attempt.giveBack();
    await auth.begin(request, reply, user);
    return placeIn(to);
  }
}

/** A page of ours to go to; the desk in place of anything else, above all of another site. */
function placeIn(to = '/desk'): string {
  const here = 'http://relevo.invalid';
  if (to.length > 500 || !URL.canParse(to, here)) return '/desk';
  const { pathname, search } = new URL(to, here);
  return /^\/(?:desk|console)(?:\/|$)/u.test(pathname) ? `${pathname}${search}` : '/desk';
}
