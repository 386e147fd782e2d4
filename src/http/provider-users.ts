import type { Clock } from '../core/clock.ts';
import type { Ids } from '../core/ids.ts';
import type { Json } from '../core/json.ts';
import type { Identified } from '../oidc/provider.ts';
import type { Accounts, Role, User } from '../store/accounts.ts';
import type { AuditLog } from '../store/audit.ts';
import type { Passwords } from './password.ts';
import { HttpProblem } from './problem.ts';
import { detailsOf, newUserOf } from './routes/users.ts';

/** Who gets an account by coming for the first time, by the domain of their e-mail; null: only those who were asked. */
export type Joins = { readonly role: Role; readonly domains: readonly string[] } | null;

/** Finds the account of somebody whom a sign-in provider vouches for. */
export interface ProviderUsers {
  /**
   * By what the provider knows them by; the first time by their e-mail, which from then on counts no more.
   * @throws HttpProblem `oidc_unverified`, `oidc_unknown`, `oidc_disabled`, `oidc_other_person`
   */
  userOf(who: Identified): Promise<User>;
}

/** @param deps.audit where it is written down that somebody was found or joined; absent: nowhere */
export function createProviderUsers(deps: {
  readonly accounts: Pick<
    Accounts,
    | 'userByIdentity'
    | 'userByEmail'
    | 'replaceIdentity'
    | 'joiners'
    | 'removeJoiner'
    | 'addUser'
    | 'userCount'
  >;
  readonly passwords: Passwords;
  readonly joins: Joins;
  readonly audit: Pick<AuditLog, 'add'> | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
}): ProviderUsers {
  const { accounts, joins, clock, ids } = deps;

  async function note(action: string, { id, name }: User, before: Json, after: Json): Promise<void> {
    const what = { action, subject: `user/${id}`, reason: '', before, after };
    await deps.audit?.add({ at: clock.now(), who: { id, name }, ...what });
  }

  /** From now on the account is theirs, unless it is another one's at the same provider. */
  async function bind(user: User, { issuer, identity }: Identified): Promise<User> {
    const seen = user.identity ?? null;
    if (seen?.startsWith(`${issuer} `)) throw otherPerson();
    if (!(await accounts.replaceIdentity(user.id, seen, identity))) {
      const quicker = await accounts.userByIdentity(identity);
      if (quicker?.id === user.id) return enabled(quicker);
      throw otherPerson();
    }
    const before = seen === null ? null : { provider: seen.split(' ')[0] ?? '' };
    await note('user.bind', user, before, { provider: issuer });
    return { ...user, identity };
  }

  /** What somebody without an account gets: what they were asked to join as, or what their e-mail's domain gives. */
  async function placeFor(
    email: string,
  ): Promise<Pick<User, 'role' | 'brands'> & { readonly name?: string }> {
    const asked = (await accounts.joiners()).find((one) => one.email === email);
    if (asked !== undefined && asked.expiresAt > clock.now() && (await accounts.removeJoiner(asked.id)))
      return asked;
    const domain = email.slice(email.lastIndexOf('@') + 1);
    // Nobody becomes the first user unasked: that is the administrator's place.
    if (joins?.domains.includes(domain) && (await accounts.userCount()) > 0) return { role: joins.role };
    throw new HttpProblem(403, 'oidc_unknown', 'Nobody with this e-mail address has an account.');
  }

  async function join(who: Identified, email: string): Promise<User> {
    const { role, brands, name = (who.name ?? email).slice(0, 100) } = await placeFor(email);
    // Nobody knows the password: they come in by the provider.
    const password = `${ids.id()}${ids.id()}`;
    const made = await newUserOf({ name, email, role, brands, password }, deps.passwords, ids);
    const user = { ...made, identity: who.identity };
    if (!(await accounts.addUser(user))) return userOf(who);
    await note('user.join', user, null, { ...detailsOf(user), provider: who.issuer });
    return user;
  }

  async function userOf(who: Identified): Promise<User> {
    const known = await accounts.userByIdentity(who.identity);
    if (known !== null) return enabled(known);
    if (who.email === null)
      throw new HttpProblem(403, 'oidc_unverified', 'The provider does not say that the e-mail is theirs.');
    const user = await accounts.userByEmail(who.email);
    return user === null ? join(who, who.email) : bind(enabled(user), who);
  }

  return { userOf };
}

function enabled(user: User): User {
  if (user.disabled) throw new HttpProblem(403, 'oidc_disabled', 'The account may not sign in any more.');
  return user;
}

function otherPerson(): HttpProblem {
  return new HttpProblem(403, 'oidc_other_person', 'The account is another person’s at the provider.');
}
