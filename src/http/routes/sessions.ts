import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Accounts, Session } from '../../store/accounts.ts';
import type { Signals } from '../../store/signals.ts';
import { personOf } from '../access.ts';
import { HttpProblem } from '../problem.ts';
import { sessionList, sessionRef, sessionsEnded } from '../schemas/account.ts';
import { problems } from '../schemas/problem.ts';
import { iso } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';
import type { NoteChange } from '../write-down.ts';
import { accountTopic } from './users.ts';

/** What the list of sessions is made of. */
export interface SessionsRouteDeps {
  readonly accounts: Pick<Accounts, 'sessions' | 'endSession' | 'endSessions' | 'users'>;
  readonly signals: Signals;
  readonly clock: Clock;
  readonly note: NoteChange;
}

/** Where people are signed in: their own for everybody, all for administrators. */
export function sessionsRoutes(app: WebApp, { accounts, signals, clock, note }: SessionsRouteDeps): void {
  const tags = ['session'];
  const own = { allow: 'agent' } as const;
  const everybody = { allow: 'administrator' } as const;

  app.get('/api/sessions', {
    config: own,
    schema: { tags, summary: 'Where you are signed in', response: { 200: sessionList, ...problems } },
    handler: async (request) => {
      const { agent, session } = personOf(request);
      const all = await accounts.sessions(clock.now(), agent.id);
      return { sessions: all.map((one) => lineOf(one, agent.name, session)) };
    },
  });

  app.delete('/api/sessions', {
    config: own,
    schema: {
      tags,
      summary: 'Signs you out everywhere but here',
      response: { 200: sessionsEnded, ...problems },
    },
    handler: async (request) => {
      const { agent, session } = personOf(request);
      const ended = await accounts.endSessions(agent.id, session);
      signals.publish(accountTopic(agent.id));
      return { ended };
    },
  });

  app.delete('/api/sessions/:id', {
    config: own,
    schema: {
      tags,
      summary: 'Signs you out on one device',
      params: sessionRef,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const { agent } = personOf(request);
      const found = (await accounts.sessions(clock.now(), agent.id)).find(
        ({ hash }) => hash === request.params.id,
      );
      if (found === undefined) throw noSuchSession();
      await end(found);
      return reply.code(204).send();
    },
  });

  app.get('/api/users/sessions', {
    config: everybody,
    schema: { tags, summary: 'Where everybody is signed in', response: { 200: sessionList, ...problems } },
    handler: async (request) => {
      const [all, users] = await Promise.all([accounts.sessions(clock.now()), accounts.users()]);
      const names = new Map(users.map(({ id, name }) => [id, name]));
      const { session } = personOf(request);
      return { sessions: all.map((one) => lineOf(one, names.get(one.user) ?? '', session)) };
    },
  });

  app.delete('/api/users/sessions/:id', {
    config: everybody,
    schema: {
      tags,
      summary: 'Signs somebody out on one device',
      params: sessionRef,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const found = (await accounts.sessions(clock.now())).find(({ hash }) => hash === request.params.id);
      if (found === undefined) throw noSuchSession();
      await end(found);
      const before = { device: found.device };
      await note(request, { action: 'session.end', subject: `user/${found.user}`, before, after: null });
      return reply.code(204).send();
    },
  });

  async function end({ hash, user }: Session): Promise<void> {
    await accounts.endSession(hash);
    signals.publish(accountTopic(user));
  }
}

function noSuchSession(): HttpProblem {
  return new HttpProblem(404, 'no_such_session', 'There is no such session, or not any more.');
}

function lineOf(session: Session, name: string, current: string | undefined) {
  const { hash, user, createdAt, seenAt, expiresAt, device } = session;
  return {
    id: hash,
    user: { id: user, name },
    createdAt: createdAt === 0 ? null : iso(createdAt),
    seenAt: seenAt === 0 ? null : iso(seenAt),
    expiresAt: iso(expiresAt),
    device,
    current: hash === current,
  };
}
