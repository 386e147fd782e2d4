import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Ids } from '../../core/ids.ts';
import type { Accounts, Role, User } from '../../store/accounts.ts';
import type { AuditLog } from '../../store/audit.ts';
import { personOf } from '../access.ts';
import type { Passwords } from '../password.ts';
import { HttpProblem } from '../problem.ts';
import { newUser, userJson } from '../schemas/account.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';

/** What the list of users is made of. */
export interface UserRouteDeps {
  readonly accounts: Pick<Accounts, 'addUser' | 'users'>;
  readonly passwords: Passwords;
  readonly ids: Ids;
  /** Where it is written down who let somebody in; absent: nowhere. */
  readonly audit: Pick<AuditLog, 'add'> | undefined;
  readonly clock: Clock;
}

/** Who may sign in. */
export function userRoutes(app: WebApp, { accounts, passwords, ids, audit, clock }: UserRouteDeps): void {
  const tags = ['users'];
  const config = { allow: 'administrator' } as const;

  app.get('/api/users', {
    config,
    schema: {
      tags,
      summary: 'Who may sign in',
      response: { 200: z.object({ users: z.array(userJson) }), ...problems },
    },
    handler: async () => ({ users: (await accounts.users()).map(jsonOf) }),
  });

  app.post('/api/users', {
    config,
    schema: {
      tags,
      summary: 'Lets somebody sign in',
      body: newUser,
      response: { 201: userJson, ...problems },
    },
    handler: async (request, reply) => {
      const user = await newUserOf(request.body, passwords, ids);
      if (!(await accounts.addUser(user))) {
        throw new HttpProblem(409, 'email_taken', 'Somebody else has this e-mail address already.');
      }
      const who = personOf(request).agent;
      const { name, email, role } = user;
      const added = { subject: `user/${user.id}`, before: null, after: { name, email, role } };
      await audit?.add({ at: clock.now(), who, action: 'user.add', reason: '', ...added });
      return reply.code(201).send(jsonOf(user));
    },
  });
}

/** A user from what somebody typed in. */
export async function newUserOf(
  input: { name: string; email: string; role: Role; password: string },
  passwords: Passwords,
  ids: Ids,
): Promise<User> {
  return {
    id: ids.id(),
    name: input.name.trim(),
    email: input.email.toLowerCase(),
    role: input.role,
    passwordHash: await passwords.hash(input.password),
    disabled: false,
  };
}

function jsonOf({ id, name, email, role }: User): z.output<typeof userJson> {
  return { id, name, email, role };
}
