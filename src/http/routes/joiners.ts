import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { type Ids, secretHash } from '../../core/ids.ts';
import type { Accounts, Joiner } from '../../store/accounts.ts';
import type { AuditLog } from '../../store/audit.ts';
import { type BrandsOf, personOf } from '../access.ts';
import type { Auth } from '../auth.ts';
import { decidesOver, insistOver } from '../bounds.ts';
import type { Passwords } from '../password.ts';
import { HttpProblem } from '../problem.ts';
import {
  joinAccept,
  joinCode,
  joinerJson,
  joinerMade,
  joinerNew,
  joinerRef,
  joinerRenew,
  joinShown,
  sessionJson,
} from '../schemas/account.ts';
import { problems } from '../schemas/problem.ts';
import { iso } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';
import type { NoteChange } from '../write-down.ts';
import { sessionOf } from './session.ts';
import { detailsOf, emailTaken, newUserOf } from './users.ts';

/** What asking people to join is made of. */
export interface JoinerRouteDeps {
  readonly accounts: Accounts;
  readonly auth: Auth;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly note: NoteChange;
  /** Where it is written down that somebody joined; absent: nowhere. */
  readonly audit: Pick<AuditLog, 'add'> | undefined;
  readonly brandsOf: BrandsOf;
}

const dayMs = 24 * 60 * 60_000;

/** Asking people to join by a link that works once and for a time, and joining by it. */
export function joinerRoutes(app: WebApp, deps: JoinerRouteDeps): void {
  const { accounts, auth, passwords, clock, ids, note, brandsOf } = deps;
  const tags = ['users'];
  const config = { allow: 'administrator', byBrand: true } as const;

  function jsonOf({ hash: _, brands, createdAt, expiresAt, ...joiner }: Joiner) {
    const expired = expiresAt <= clock.now();
    const times = { createdAt: iso(createdAt), expiresAt: iso(expiresAt), expired };
    return { ...joiner, brands: brands ? [...brands] : null, ...times };
  }

  function linked(days: number) {
    const code = `${ids.id()}${ids.id()}`;
    return { code, hash: secretHash(code), expiresAt: clock.now() + days * dayMs };
  }

  /** @throws HttpProblem `no_such_invitation`, also for those of brands that the asker does not see */
  async function known(request: Parameters<typeof personOf>[0], id: string): Promise<Joiner> {
    const own = await brandsOf(personOf(request).agent);
    const found = (await accounts.joiners()).find((one) => one.id === id);
    if (found === undefined || !decidesOver(own, found.brands))
      throw new HttpProblem(404, 'no_such_invitation', 'There is no such invitation, or not any more.');
    return found;
  }

  app.get('/api/invitations', {
    config,
    schema: {
      tags,
      summary: 'Who was asked to join and has not done so yet, newest first',
      response: { 200: z.object({ invitations: z.array(joinerJson) }), ...problems },
    },
    handler: async (request) => {
      const own = await brandsOf(personOf(request).agent);
      const all = await accounts.joiners();
      return { invitations: all.filter(({ brands }) => decidesOver(own, brands)).map(jsonOf) };
    },
  });

  app.post('/api/invitations', {
    config,
    schema: {
      tags,
      summary: 'Asks somebody to join: gives the link for them',
      body: joinerNew,
      response: { 201: joinerMade, ...problems },
    },
    handler: async (request, reply) => {
      const { name, email, role, brands, days } = request.body;
      await insistOver(brandsOf, request, brands ?? undefined);
      if ((await accounts.userByEmail(email)) !== null) throw emailTaken();
      const { code, ...link } = linked(days);
      const by = personOf(request).agent.name;
      const joiner: Joiner = {
        id: ids.id(),
        email: email.toLowerCase(),
        name: name.trim(),
        role,
        ...(brands === null ? {} : { brands }),
        by,
        createdAt: clock.now(),
        ...link,
      };
      await accounts.putJoiner(joiner);
      const after = { name: joiner.name, email: joiner.email, role, brands };
      await note(request, { action: 'user.invite', subject: `invitation/${joiner.id}`, before: null, after });
      return reply.code(201).send({ invitation: jsonOf(joiner), code });
    },
  });

  app.post('/api/invitations/:id/renew', {
    config,
    schema: {
      tags,
      summary: 'Gives a new link for somebody who was asked to join; the old one is dead',
      params: joinerRef,
      body: joinerRenew,
      response: { 200: joinerMade, ...problems },
    },
    handler: async (request) => {
      const joiner = await known(request, request.params.id);
      const { code, ...link } = linked(request.body?.days ?? 3);
      const renewed = { ...joiner, ...link };
      await accounts.putJoiner(renewed);
      const subject = `invitation/${joiner.id}`;
      const [before, after] = [{ expiresAt: joiner.expiresAt }, { expiresAt: renewed.expiresAt }];
      await note(request, { action: 'user.invite-again', subject, before, after });
      return { invitation: jsonOf(renewed), code };
    },
  });

  app.delete('/api/invitations/:id', {
    config,
    schema: {
      tags,
      summary: 'Takes an invitation back: its link is dead',
      params: joinerRef,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { id, name, email, role } = await known(request, request.params.id);
      if (!(await accounts.removeJoiner(id))) throw deadLink();
      const before = { name, email, role };
      await note(request, { action: 'user.uninvite', subject: `invitation/${id}`, before, after: null });
      return reply.code(204).send();
    },
  });

  /** @throws HttpProblem `invitation_invalid`, `too_many_tries` */
  async function opened(request: Parameters<typeof personOf>[0], code: string): Promise<Joiner> {
    const attempt = await auth.countTry(request);
    const joiner = await accounts.joinerByHash(secretHash(code));
    if (joiner === null || joiner.expiresAt <= clock.now()) throw deadLink();
    await attempt.giveBack();
    return joiner;
  }

  app.post('/api/join/look', {
    config: { allow: 'public' },
    schema: {
      tags,
      summary: 'Whom a link to join is for',
      body: joinCode,
      response: { 200: joinShown, ...problems },
    },
    handler: async (request) => {
      const { name, email, expiresAt } = await opened(request, request.body.code);
      return { name, email, expiresAt: iso(expiresAt) };
    },
  });

  app.post('/api/join', {
    config: { allow: 'public' },
    schema: {
      tags,
      summary: 'Joins by a link, and signs in',
      body: joinAccept,
      response: { 201: sessionJson, ...problems },
    },
    handler: async (request, reply) => {
      const { code, name, password } = request.body;
      const joiner = await opened(request, code);
      const user = await newUserOf({ ...joiner, name, password }, passwords, ids);
      if (!(await accounts.removeJoiner(joiner.id))) throw deadLink();
      if (!(await accounts.addUser(user))) throw emailTaken();
      await deps.audit?.add({
        at: clock.now(),
        who: { id: user.id, name: user.name },
        action: 'user.join',
        subject: `user/${user.id}`,
        reason: '',
        before: null,
        after: detailsOf(user),
      });
      return reply.code(201).send(sessionOf(await auth.begin(request, reply, user), false));
    },
  });
}

function deadLink(): HttpProblem {
  return new HttpProblem(404, 'invitation_invalid', 'This link was used, taken back, or is too old.', {
    hint: 'Ask whoever sent it for a new one.',
  });
}
