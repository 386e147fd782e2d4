import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { secretHash } from '../../core/ids.ts';
import type { Accounts, Token } from '../../store/accounts.ts';
import type { Signals } from '../../store/signals.ts';
import { HttpProblem } from '../problem.ts';
import { tokenJson, tokenMade, tokenNew, tokenRef } from '../schemas/account.ts';
import { problems } from '../schemas/problem.ts';
import { iso } from '../schemas/text.ts';
import type { WebApp } from '../web-app.ts';
import type { NoteChange } from '../write-down.ts';
import { accountTopic } from './users.ts';

/** What the keys of programs are made of. */
export interface TokenRouteDeps {
  readonly accounts: Pick<Accounts, 'tokens' | 'addToken' | 'token' | 'removeToken'>;
  readonly signals: Signals;
  readonly clock: Clock;
  readonly note: NoteChange;
}

const dayMs = 24 * 60 * 60_000;

/** Keys for programs, for administrators: shown once, kept as hashes. */
export function tokenRoutes(app: WebApp, { accounts, signals, clock, note }: TokenRouteDeps): void {
  const tags = ['users'];
  const config = { allow: 'administrator' } as const;

  function jsonOf({ hash: id, name, role, createdAt, expiresAt, usedAt }: Token) {
    return {
      id,
      name,
      role,
      createdAt: iso(createdAt),
      expiresAt: expiresAt === null ? null : iso(expiresAt),
      usedAt: usedAt === null ? null : iso(usedAt),
      expired: expiresAt !== null && expiresAt <= clock.now(),
    };
  }

  app.get('/api/tokens', {
    config,
    schema: {
      tags,
      summary: 'Keys of programs, newest first, without their secrets',
      response: { 200: z.object({ tokens: z.array(tokenJson) }), ...problems },
    },
    handler: async () => ({ tokens: (await accounts.tokens()).map(jsonOf) }),
  });

  app.post('/api/tokens', {
    config,
    schema: {
      tags,
      summary: 'Makes a key for a program; its secret is in this answer and nowhere else',
      body: tokenNew,
      response: { 201: tokenMade, ...problems },
    },
    handler: async (request, reply) => {
      const { role, days } = request.body;
      const name = request.body.name.trim();
      const secret = `rlv_${randomBytes(32).toString('base64url')}`;
      const [hash, createdAt] = [secretHash(secret), clock.now()];
      const expiresAt = days === null ? null : createdAt + days * dayMs;
      const token: Token = { hash, name, role, createdAt, expiresAt, usedAt: null };
      await accounts.addToken(token);
      const after = { name, role, expiresAt };
      await note(request, { action: 'token.add', subject: `token/${name}`, before: null, after });
      return reply.code(201).send({ token: jsonOf(token), secret });
    },
  });

  app.delete('/api/tokens/:id', {
    config,
    schema: {
      tags,
      summary: 'Withdraws a key: the next request with it is refused',
      params: tokenRef,
      response: { 204: z.undefined(), ...problems },
    },
    handler: async (request, reply) => {
      const known = await accounts.token(request.params.id);
      if (known === null || !(await accounts.removeToken(known.hash)))
        throw new HttpProblem(404, 'no_such_token', 'There is no such key, or not any more.');
      signals.publish(accountTopic('token'));
      const { name, role, expiresAt } = known;
      const before = { name, role, expiresAt };
      await note(request, { action: 'token.remove', subject: `token/${name}`, before, after: null });
      return reply.code(204).send();
    },
  });
}
