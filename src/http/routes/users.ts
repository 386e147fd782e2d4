import { z } from 'zod';
import type { Ids } from '../../core/ids.ts';
import type { Accounts, Role, User } from '../../store/accounts.ts';
import type { Signals } from '../../store/signals.ts';
import { type BrandsOf, personOf } from '../access.ts';
import { decidesOver, insistOver } from '../bounds.ts';
import type { Passwords } from '../password.ts';
import { HttpProblem } from '../problem.ts';
import { newUser, sessionsEnded, userChange, userLine, userRef } from '../schemas/account.ts';
import { problems } from '../schemas/problem.ts';
import type { WebApp } from '../web-app.ts';
import type { NoteChange } from '../write-down.ts';

/** What the list of users is made of. */
export interface UserRouteDeps {
  readonly accounts: Pick<Accounts, 'addUser' | 'users' | 'changeUser' | 'endSessions' | 'replaceIdentity'>;
  readonly passwords: Passwords;
  readonly ids: Ids;
  readonly note: NoteChange;
  readonly signals: Signals;
  readonly brandsOf: BrandsOf;
  /** Which brands relevo.yaml binds somebody to; undefined: it says nothing of them. */
  readonly boundTo: (who: Pick<User, 'email' | 'name'>) => readonly string[] | undefined;
}

/** Under which processes hear that somebody may do less, or is signed in no more. */
export const accountTopic = (user: string) => `account/${user}`;

/** Who may sign in, for administrators; those of some brands see and change only whom they work with. */
export function userRoutes(app: WebApp, deps: UserRouteDeps): void {
  const { accounts, passwords, ids, note, signals, brandsOf } = deps;
  const tags = ['users'];
  const config = { allow: 'administrator', byBrand: true } as const;
  const bound = (user: User) => deps.boundTo(user) ?? user.brands;

  function jsonOf(user: User, you: string): z.output<typeof userLine> {
    const { id, name, email, role, disabled } = user;
    const brands = bound(user);
    const fromFile = deps.boundTo(user) !== undefined;
    return {
      id,
      name,
      email,
      role,
      disabled,
      brands: brands ? [...brands] : null,
      fromFile,
      you: id === you,
    };
  }

  /** @throws HttpProblem `no_such_user`, also for those whom the asker does not see */
  async function known(request: Parameters<typeof personOf>[0], id: string): Promise<User> {
    const [all, own] = await Promise.all([accounts.users(), brandsOf(personOf(request).agent)]);
    const user = all.find((one) => one.id === id);
    if (user === undefined || !decidesOver(own, bound(user)))
      throw new HttpProblem(404, 'no_such_user', 'There is no such user.');
    return user;
  }

  app.get('/api/users', {
    config,
    schema: {
      tags,
      summary: 'Who may sign in',
      response: { 200: z.object({ users: z.array(userLine) }), ...problems },
    },
    handler: async (request) => {
      const { agent } = personOf(request);
      const [all, own] = await Promise.all([accounts.users(), brandsOf(agent)]);
      const seen = all.filter((user) => decidesOver(own, bound(user)));
      return { users: seen.map((user) => jsonOf(user, agent.id)) };
    },
  });

  app.post('/api/users', {
    config,
    schema: {
      tags,
      summary: 'Lets somebody sign in',
      body: newUser,
      response: { 201: userLine, ...problems },
    },
    handler: async (request, reply) => {
      await insistOver(brandsOf, request, request.body.brands ?? undefined);
      const user = await newUserOf(request.body, passwords, ids);
      if (!(await accounts.addUser(user))) throw emailTaken();
      const after = detailsOf(user);
      await note(request, { action: 'user.add', subject: `user/${user.id}`, before: null, after });
      return reply.code(201).send(jsonOf(user, personOf(request).agent.id));
    },
  });

  app.patch('/api/users/:id', {
    config,
    schema: {
      tags,
      summary: 'Changes what somebody may do, or whether they may sign in',
      description:
        'Whoever may sign in no more is signed out everywhere at once. Whoever is let in again is found by their e-mail ' +
        'when they next come from the sign-in provider.',
      params: userRef,
      body: userChange,
      response: { 200: userLine, ...problems },
    },
    handler: async (request) => {
      const { id } = await known(request, request.params.id);
      const { reason, name, role, brands, disabled } = request.body;
      if (brands !== undefined) await insistOver(brandsOf, request, brands ?? undefined);
      const you = personOf(request).agent.id;
      if (id === you && (disabled === true || (role !== undefined && role !== 'administrator')))
        throw new HttpProblem(409, 'not_yourself', 'Somebody else has to do this to you.');
      const changed = await accounts.changeUser(id, {
        ...(name === undefined ? {} : { name: name.trim() }),
        ...(role === undefined ? {} : { role }),
        ...(brands === undefined ? {} : { brands }),
        ...(disabled === undefined ? {} : { disabled }),
      });
      if (changed === null) throw new HttpProblem(404, 'no_such_user', 'There is no such user.');
      await keepAnAdministrator(changed.before);
      if (disabled === true) await accounts.endSessions(id);
      const { identity } = changed.before;
      // Whoever is let in again may be somebody else at the sign-in provider by now: their e-mail is asked for anew.
      if (disabled === false && changed.before.disabled && identity !== undefined)
        await accounts.replaceIdentity(id, identity, null);
      signals.publish(accountTopic(id));
      const [before, after] = [detailsOf(changed.before), detailsOf(changed.after)];
      const action = disabled === undefined ? 'user.change' : `user.${disabled ? 'disable' : 'enable'}`;
      await note(request, { action, subject: `user/${id}`, before, after, reason });
      return jsonOf(changed.after, you);
    },
  });

  app.delete('/api/users/:id/sessions', {
    config,
    schema: {
      tags,
      summary: 'Signs somebody out everywhere',
      params: userRef,
      response: { 200: sessionsEnded, ...problems },
    },
    handler: async (request) => {
      const { id } = await known(request, request.params.id);
      const { session } = personOf(request);
      const ended = await accounts.endSessions(id, session);
      signals.publish(accountTopic(id));
      const after = { ended };
      await note(request, { action: 'user.sign-out', subject: `user/${id}`, before: null, after });
      return { ended };
    },
  });

  /** Two who take each other's rights at once are both given them back. */
  async function keepAnAdministrator(before: User): Promise<void> {
    const left = (await accounts.users()).some(({ role, disabled }) => role === 'administrator' && !disabled);
    if (left) return;
    const { id, role, disabled } = before;
    await accounts.changeUser(id, { role, disabled });
    throw new HttpProblem(409, 'last_administrator', 'This is the last administrator who may sign in.');
  }
}

/** Somebody else has the address. */
export function emailTaken(): HttpProblem {
  return new HttpProblem(409, 'email_taken', 'Somebody else has this e-mail address already.');
}

/** What of a user is written down. */
export function detailsOf({ name, email, role, disabled, brands }: User) {
  return { name, email, role, disabled, brands: brands === undefined ? null : [...brands] };
}

/** A user from what somebody typed in. */
export async function newUserOf(
  input: {
    readonly name: string;
    readonly email: string;
    readonly role: Role;
    readonly password: string;
    readonly brands?: readonly string[] | null | undefined;
  },
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
    ...(input.brands == null ? {} : { brands: input.brands }),
  };
}
