import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Ids } from '../core/ids.ts';
import { secretHash } from '../core/ids.ts';
import type { Accounts, User } from '../store/accounts.ts';
import { createCookie } from './cookies.ts';
import { comesFromHere, isAskedAsHere, isHere, networkOf, originOf } from './origin.ts';
import type { Passwords } from './password.ts';
import { HttpProblem } from './problem.ts';
import type { Person } from './web-app.ts';

/** Who is asking, and how they sign in and out. */
export interface Auth {
  /** Null when nobody is signed in. @throws HttpProblem `foreign_origin` for a change that another site asks for */
  identify(request: FastifyRequest): Promise<Person | null>;
  /** Whether there are no users yet. */
  needsSetup(): Promise<boolean>;
  /** Whether this computer needs no sign-in: there are no users, and no public address. */
  isDemo(): Promise<boolean>;
  /** @throws HttpProblem `wrong_credentials`, `too_many_tries` */
  signIn(request: FastifyRequest, reply: FastifyReply, email: string, password: string): Promise<Person>;
  /** Begins a session for a user who has just shown who they are. */
  begin(request: FastifyRequest, reply: FastifyReply, user: User): Promise<Person>;
  signOut(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Counts a try from this address, over all processes. @throws HttpProblem `too_many_tries` */
  countTry(request: FastifyRequest, account?: string): Promise<{ giveBack(): Promise<void> }>;
}

/** What signing in needs. */
export interface AuthDeps {
  readonly accounts: Accounts;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly publicUrl: string | null;
}

const sessionSeconds = 12 * 60 * 60;
const triesLimit = { max: 10, windowMs: 15 * 60_000 };
/** When something was used last is written down at most this often. */
const seenEveryMs = 5 * 60_000;
const maxDevice = 200;
/** Methods that change nothing. */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const demoPerson: Person = {
  agent: { id: 'demo', name: 'Agente de demo' },
  email: null,
  role: 'administrator',
  by: 'demo',
};

/** Sessions, API tokens and the demo mode. */
export function createAuth(deps: AuthDeps): Auth {
  const { accounts, passwords, clock, ids } = deps;
  const cookie = createCookie('relevo-session', deps.log);
  const seen = new LRUCache<string, number>({ max: 10_000 });
  let setUp = false;

  /** Nobody waits for it, and nobody is refused because it could not be written down. */
  function note(hash: string, write: (hash: string, at: number) => Promise<void>): void {
    const now = clock.now();
    if (now - (seen.get(hash) ?? 0) < seenEveryMs) return;
    seen.set(hash, now);
    write(hash, now).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'it could not be written down when somebody was here last');
    });
  }

  /** Users are never deleted, so that one look is enough once there is one. */
  async function needsSetup(): Promise<boolean> {
    setUp ||= (await accounts.userCount()) > 0;
    return !setUp;
  }

  async function bearer(header: string): Promise<Person | null> {
    const [, token] = /^Bearer +(rlv_[A-Za-z0-9_-]{20,200})$/iu.exec(header) ?? [];
    const known = token === undefined ? null : await accounts.token(secretHash(token));
    if (known === null) return null;
    const { hash, name, role, expiresAt } = known;
    if (expiresAt !== null && expiresAt <= clock.now()) return null;
    note(hash, accounts.usedToken);
    return { agent: { id: `token:${name}`, name }, email: null, role, by: 'token' };
  }

  async function bySession(request: FastifyRequest): Promise<Person | null> {
    const secret = cookie.read(request);
    const hash = secret === undefined ? '' : secretHash(secret);
    const user = secret === undefined ? null : await accounts.sessionUser(hash, clock.now());
    if (user === null) return null;
    if (!safeMethods.has(request.method) && originOf(request, deps.publicUrl) !== 'own')
      throw foreignOrigin();
    note(hash, accounts.sawSession);
    return personOf(user, hash);
  }

  async function isDemo(): Promise<boolean> {
    return (deps.publicUrl === null || isHere(deps.publicUrl)) && needsSetup();
  }

  /** A browser always says where a change was asked for; what says nothing is a program on this computer. */
  async function byDemo(request: FastifyRequest): Promise<Person | null> {
    if (!comesFromHere(request) || !isAskedAsHere(request)) return null;
    if (originOf(request, deps.publicUrl) === 'foreign') return null;
    const { origin } = request.headers;
    if (origin !== undefined && !(URL.canParse(origin) && isHere(origin))) return null;
    return (await isDemo()) ? demoPerson : null;
  }

  async function countTry(request: FastifyRequest, account?: string): Promise<{ giveBack(): Promise<void> }> {
    const keys = [`address ${secretHash(networkOf(request.ip))}`];
    if (account !== undefined) keys.push(`account ${secretHash(account)}`);
    const waits = await Promise.all(keys.map((key) => accounts.takeTry(key, clock.now(), triesLimit)));
    const waitMs = Math.max(...waits);
    if (waitMs > 0) throw tooManyTries(waitMs);
    return {
      async giveBack() {
        await Promise.all(keys.map((key) => accounts.giveBackTry(key)));
      },
    };
  }

  async function begin(request: FastifyRequest, reply: FastifyReply, user: User): Promise<Person> {
    const secret = `${ids.id()}${ids.id()}`;
    const [hash, createdAt] = [secretHash(secret), clock.now()];
    const expiresAt = createdAt + sessionSeconds * 1000;
    const device = (request.headers['user-agent'] ?? '').slice(0, maxDevice);
    await accounts.addSession({ hash, user: user.id, expiresAt, createdAt, device });
    cookie.set(request, reply, secret, sessionSeconds);
    return personOf(user, hash);
  }

  return {
    needsSetup,
    isDemo,
    countTry,
    begin,
    async identify(request) {
      const { authorization } = request.headers;
      if (authorization !== undefined) return bearer(authorization);
      return (await bySession(request)) ?? byDemo(request);
    },
    async signIn(request, reply, email, password) {
      const account = email.trim().toLowerCase();
      const attempt = await countTry(request, account);
      const user = await accounts.userByEmail(account);
      const right = await passwords.matches(user?.passwordHash ?? null, password);
      if (user === null || !right || user.disabled) {
        throw new HttpProblem(401, 'wrong_credentials', 'The e-mail address or the password is wrong.');
      }
      await attempt.giveBack();
      return begin(request, reply, user);
    },
    async signOut(request, reply) {
      const secret = cookie.read(request);
      if (secret !== undefined) await accounts.endSession(secretHash(secret));
      cookie.clear(request, reply);
    },
  };
}

/** A change that another site's page asked for. */
export function foreignOrigin(): HttpProblem {
  return new HttpProblem(403, 'foreign_origin', 'A change can only be asked for from our own pages.', {
    hint: 'Programs use an API token (Authorization: Bearer …) in place of the cookie.',
  });
}

function personOf({ id, name, email, role }: User, session: string): Person {
  return { agent: { id, name }, email, role, by: 'session', session };
}

function tooManyTries(waitMs: number): HttpProblem {
  const seconds = Math.ceil(waitMs / 1000);
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
  return new HttpProblem(429, 'too_many_tries', `Too many tries; please wait ${wait}.`, {
    headers: { 'retry-after': String(seconds) },
  });
}
