import { type CryptoKey, decodeJwt, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signInLooks } from '../../src/cli/doctor-sign-in.ts';
import { readConfig } from '../../src/config.ts';
import { secretHash } from '../../src/core/ids.ts';
import { createOidcProvider, type SignInProvider } from '../../src/oidc/provider.ts';
import { readOidc } from '../../src/oidc/settings.ts';
import { type OidcServer, startOidcServer } from '../oidc-server.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { startWeb, type Web } from './web.ts';

type Cookies = Record<string, string>;
type Answer = Awaited<ReturnType<Web['server']['inject']>>;

const publicUrl = 'https://support.example';
const callback = `${publicUrl}/api/session/oidc/callback`;
const password = 'correct horse battery';
const eva = { sub: '1', email: 'eva@example.com', email_verified: true, name: 'Eva' };

let at: OidcServer;
let web: Web;
/** What another process of the installation has. */
let another: () => SignInProvider;
const logged: string[] = [];
/** Between the provider and Relevo: what happens to an answer on its way. */
let onTheWay: (url: string, answer: Response) => Promise<Response>;
const { audit } = createMemoryAudit();

beforeAll(async () => {
  at = await startOidcServer(callback);
  const settings = readOidc({
    PUBLIC_URL: publicUrl,
    OIDC_ISSUER: at.issuer,
    OIDC_CLIENT_ID: at.clientId,
    OIDC_CLIENT_SECRET: at.clientSecret,
    OIDC_NAME: 'Acme ID',
    OIDC_DEFAULT_ROLE: 'agent',
    OIDC_DOMAINS: 'acme.example',
  });
  if (settings === null || 'faults' in settings) throw new Error('the settings are wrong');
  another = () => createOidcProvider({ settings, clock: { now: () => web.clock.now() }, fetch });
  const ask: typeof fetch = async (url, options) => {
    expect(options?.signal, 'every question has a time limit').toBeInstanceOf(AbortSignal);
    return onTheWay(String(url), await fetch(url, options));
  };
  web = await startWeb({
    settings: { publicUrl },
    deps: {
      elsewhere: {
        provider: createOidcProvider({ settings, clock: { now: () => web.clock.now() }, fetch: ask }),
        joins: settings.joins,
      },
      console: { workbench: { articles: {} }, redact: (text: string) => text, audit } as never,
      log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    },
  });
});
afterAll(async () => {
  await web?.stop();
  await at?.stop();
});

beforeEach(() => {
  onTheWay = async (_url, answer) => answer;
  at.comes = '1';
  // Each test has tries of its own.
  web.clock.move(16 * 60_000);
});

const get = (url: string, cookies: Cookies = {}) => web.server.inject({ url, cookies });
const location = ({ statusCode, headers }: Answer) => {
  expect(statusCode).toBe(302);
  return String(headers.location);
};
const cookiesOf = (answer: Answer): Cookies =>
  Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));

/** Begins, and goes through the provider's pages. @returns the address that leads back, and what the browser has kept */
async function goAndComeBack(to?: string): Promise<{ back: URL; kept: Cookies }> {
  const began = await get(`/api/session/oidc${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`);
  let next = location(began);
  const jar = new Map<string, string>();
  while (!next.startsWith(publicUrl)) {
    const cookie = [...jar].map((one) => one.join('=')).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      jar.set(name, value);
    }
    next = new URL(answer.headers.get('location') ?? `${next}#${await answer.text()}`, next).href;
    if (answer.status >= 400) throw new Error(next);
  }
  return { back: new URL(next), kept: cookiesOf(began) };
}

const land = ({ back, kept }: Awaited<ReturnType<typeof goAndComeBack>>) =>
  get(`${back.pathname}${back.search}`, kept);

/** Signs in. @returns who, or the fault that the page is told */
async function signIn(
  to?: string,
): Promise<{ to: string; user: Record<string, unknown> | null; cookies: Cookies }> {
  const answer = await land(await goAndComeBack(to));
  const cookies = cookiesOf(answer);
  const { user } = (await get('/api/session', cookies)).json();
  return { to: location(answer), user, cookies };
}

const refused = (code: string) => ({ to: `/desk/sign-in?error=${code}`, user: null });

/** Alters the token on its way. @param key the provider's own unless another is given */
function altered(change: JWTPayload, key?: CryptoKey): void {
  onTheWay = async (url, answer) => {
    if (!url.endsWith('/token') || !answer.ok) return answer;
    const body = (await answer.json()) as { id_token: string };
    const token = new SignJWT({ ...decodeJwt(body.id_token), ...change })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(key ?? (await importJWK(at.key)));
    return Response.json({ ...body, id_token: await token });
  };
}

const boss = { id: 'b', name: 'B', email: 'b@example.com', role: 'administrator' as const, passwordHash: '' };

/** An administrator disables an account, and enables it again. */
async function enableAnew(email: string): Promise<void> {
  const user = await web.accounts.userByEmail(email);
  const token = 'rlv_administrator-administrator';
  const known = { hash: secretHash(token), name: 'boss', role: 'administrator' as const, createdAt: 0 };
  await web.accounts.addToken(known);
  await web.accounts.addUser({ ...boss, disabled: false });
  for (const disabled of [true, false]) {
    const headers = { authorization: `Bearer ${token}` };
    const url = `/api/users/${user?.id}`;
    const answer = await web.server.inject({ method: 'PATCH', url, headers, payload: { disabled } });
    expect(answer.statusCode).toBe(200);
  }
}

const written = async () =>
  (await audit.list({ limit: 50 })).map(({ action, who }) => `${who.name} ${action}`).reverse();

describe('signing in by a provider', () => {
  test('waits for the first administrator', async () => {
    at.people.set('9', { email: 'x@acme.example', email_verified: true });
    expect((await get('/api/session')).json()).not.toHaveProperty('provider');
    expect(location(await get('/api/session/oidc'))).toBe('/desk/sign-in');
    expect(at.asked).toEqual([]);
  });

  test('lets in whom it knows by a verified e-mail, with the session that a password gives', async () => {
    const payload = { token: web.setupToken, name: 'Eva Sol', email: 'eva@example.com', password };
    await web.server.inject({ method: 'POST', url: '/api/setup', payload });
    const { provider } = (await get('/api/session')).json();
    expect(provider).toEqual({ name: 'Acme ID', url: `${publicUrl}/api/session/oidc` });

    at.people.set('1', eva);
    const trip = await goAndComeBack('/console/people?x=1');
    const answer = await land(trip);
    expect(location(answer)).toBe('/console/people?x=1');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.cookies.find(({ name }) => name === '__Host-relevo-session')).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: 12 * 60 * 60,
    });
    expect((await get('/api/session', cookiesOf(answer))).json()).toMatchObject({
      user: { name: 'Eva Sol', email: 'eva@example.com', role: 'administrator' },
    });
    expect(await written()).toEqual(['Eva Sol user.bind']);
    expect(await signIn()).toMatchObject({ to: '/desk', user: { name: 'Eva Sol' } });
    expect(await written()).toHaveLength(1);
  });

  test('asks with PKCE, state and nonce, and keeps nothing that can be read', async () => {
    const began = await get('/api/session/oidc');
    const asked = new URL(location(began)).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'relevo',
      redirect_uri: callback,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/u),
      state: expect.stringMatching(/^[\w-]{43}$/u),
      nonce: expect.stringMatching(/^[\w-]{43}$/u),
    });
    const [cookie] = began.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/', maxAge: 600 });
    const parts = String(cookie?.value)
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const secret of [asked.get('state'), asked.get('nonce')])
      expect(parts.join(' ')).not.toContain(secret);
  });

  test('knows whom it let in before, whatever their e-mail becomes; a mail that changed takes over nothing', async () => {
    at.people.set('1', { ...eva, email: 'eva.luna@example.com', email_verified: false });
    expect(await signIn()).toMatchObject({ user: { email: 'eva@example.com' } });
    at.people.set('2', eva);
    at.comes = '2';
    expect(await signIn()).toMatchObject(refused('oidc_other_person'));
    await enableAnew('eva@example.com');
    expect(await signIn()).toMatchObject({ user: { email: 'eva@example.com' } });
    at.comes = '1';
    expect(await signIn()).toMatchObject(refused('oidc_unverified'));
    await enableAnew('eva@example.com');
    at.people.set('1', eva);
  });

  test('refuses strangers, mails that nobody has verified, and accounts that are disabled', async () => {
    at.people.set('3', { email: 'who@else.example', email_verified: true });
    at.comes = '3';
    expect(await signIn()).toMatchObject(refused('oidc_unknown'));
    for (const email_verified of [false, undefined, 'false']) {
      at.people.set('3', {
        email: 'eva@example.com',
        ...(email_verified === undefined ? {} : { email_verified }),
      });
      expect(await signIn()).toMatchObject(refused('oidc_unverified'));
    }
    at.people.set('3', { email_verified: true });
    expect(await signIn()).toMatchObject(refused('oidc_unverified'));

    const leo = {
      id: 'leo',
      name: 'Leo',
      email: 'leo@example.com',
      role: 'agent' as const,
      passwordHash: '',
    };
    await web.accounts.addUser({ ...leo, disabled: true });
    at.people.set('3', { email: 'leo@example.com', email_verified: true });
    expect(await signIn()).toMatchObject(refused('oidc_disabled'));
    await web.accounts.changeUser('leo', { disabled: false });
    expect(await signIn()).toMatchObject({ user: { name: 'Leo' } });
    await web.accounts.changeUser('leo', { disabled: true });
    expect(await signIn()).toMatchObject(refused('oidc_disabled'));
  });

  test('gives those who were asked to join what they were asked as, and a domain of ours the usual role', async () => {
    const asked = { id: 'j', hash: 'h', email: 'ana@example.com', name: 'Ana', by: 'Eva', createdAt: 0 };
    const expiresAt = web.clock.now() + 1_000;
    await web.accounts.putJoiner({ ...asked, role: 'supervisor', brands: ['acme'], expiresAt });
    at.people.set('4', { email: 'Ana@Example.com', email_verified: 'true' });
    at.comes = '4';
    expect(await signIn()).toMatchObject({ user: { name: 'Ana', role: 'supervisor' } });
    expect(await web.accounts.userByEmail('ana@example.com')).toMatchObject({ brands: ['acme'] });
    expect(await web.accounts.joiners()).toEqual([]);

    at.people.set('5', { email: 'bo@acme.example', email_verified: true, name: ' Bo ' });
    at.comes = '5';
    expect(await signIn()).toMatchObject({ user: { name: 'Bo', role: 'agent' } });
    expect(await signIn()).toMatchObject({ user: { name: 'Bo' } });
    at.people.set('6', { email: 'bo@not-acme.example', email_verified: true });
    at.comes = '6';
    expect(await signIn()).toMatchObject(refused('oidc_unknown'));
    expect((await written()).slice(-2)).toEqual(['Ana user.join', 'Bo user.join']);
    const payload = { email: 'bo@acme.example', password: '' };
    const byPassword = await web.server.inject({ method: 'POST', url: '/api/session', payload });
    expect(byPassword.statusCode).toBe(401);
  });

  test('leads nowhere but to our own pages', async () => {
    for (const to of [
      'https://evil.example/desk',
      '//evil.example',
      '/\\evil.example',
      '/desk/../..//evil.example',
      '/desk@evil.example',
      '/desk\r\nx: y',
      '/api/session',
      'javascript:alert(1)',
    ])
      expect((await signIn(to)).to).toBe('/desk');
    expect((await get('/api/session/oidc?to=/desk&to=/console')).statusCode).toBe(302);
  });
});

describe('an answer of the provider', () => {
  test('counts in the browser that asked, once, and soon', async () => {
    const trip = await goAndComeBack();
    const before = codesTaken();
    expect(location(await land({ ...trip, kept: {} }))).toContain('oidc_expired');
    const other = await get('/api/session/oidc');
    expect(location(await land({ ...trip, kept: cookiesOf(other) }))).toContain('oidc_expired');
    const [name = ''] = Object.keys(trip.kept);
    expect(location(await land({ ...trip, kept: { [name]: `${trip.kept[name]}x` } }))).toContain(
      'oidc_expired',
    );
    const wrongState = new URL(trip.back);
    wrongState.searchParams.set('state', 'x'.repeat(43));
    expect(location(await land({ ...trip, back: wrongState }))).toContain('oidc_expired');
    expect(codesTaken()).toBe(before);

    const answer = await land(trip);
    expect(location(answer)).toBe('/desk');
    expect(answer.cookies).toContainEqual(expect.objectContaining({ name, value: '' }));
    const again = await land(trip);
    expect(location(again)).toContain('oidc_expired');
    expect(again.cookies.map((cookie) => cookie.name)).not.toContain('__Host-relevo-session');
    expect(codesTaken()).toBe(before + 2);

    const late = await goAndComeBack();
    web.clock.move(10 * 60_000);
    expect(location(await land(late))).toContain('oidc_expired');
  });

  test('is understood by any process of the installation, of which another has asked', async () => {
    const { back, kept } = await goAndComeBack('/console');
    const finished = await another().finish(back, String(Object.values(kept)[0]));
    expect(finished).toMatchObject({ who: { identity: `${at.issuer} 1`, name: 'Eva' }, to: '/console' });
  });

  test('is not believed when another has signed it, or it was for another question, another program or another time', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const now = Math.floor(Date.now() / 1000);
    altered({});
    expect(await signIn()).toMatchObject({ user: { name: 'Eva Sol' } });
    altered({}, privateKey);
    expect(await signIn()).toMatchObject(refused('oidc_invalid'));
    for (const change of [
      { nonce: 'another' },
      { nonce: undefined },
      { iss: 'https://evil.example' },
      { aud: 'another' },
      { iat: now - 900, exp: now - 600 },
      { exp: undefined },
      { sub: '2' },
      { sub: 'x'.repeat(256) },
    ] as JWTPayload[]) {
      altered(change);
      expect([change, await signIn()]).toMatchObject([change, refused('oidc_invalid')]);
      web.clock.move(16 * 60_000);
    }
  });

  test('may be that somebody will not sign in', async () => {
    at.comes = null;
    expect(await signIn()).toMatchObject(refused('oidc_declined'));
  });

  test('may not come at all: nobody waits for long, and passwords are taken as ever', async () => {
    web.clock.move(2 * 60 * 60_000);
    onTheWay = async () => {
      throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    };
    expect(location(await get('/api/session/oidc'))).toContain('error=oidc_unreachable');
    onTheWay = async () => new Response('', { status: 503 });
    expect(location(await get('/api/session/oidc'))).toContain('error=oidc_unreachable');
    onTheWay = async () => Response.json({ issuer: 'https://evil.example' });
    expect(location(await get('/api/session/oidc'))).toContain('error=oidc_invalid');
    const payload = { email: 'eva@example.com', password };
    expect((await web.server.inject({ method: 'POST', url: '/api/session', payload })).statusCode).toBe(200);
    onTheWay = async (_url, answer) => answer;
    expect(await signIn()).toMatchObject({ to: '/desk', user: { name: 'Eva Sol' } });
    const trip = await goAndComeBack();
    onTheWay = async () => {
      throw new DOMException('timed out', 'TimeoutError');
    };
    expect(location(await land(trip))).toContain('oidc_unreachable');
  });

  test('is asked for ten times in a quarter of an hour from one address, when it is never a good one', async () => {
    at.comes = null;
    for (let n = 0; n < 10; n += 1) expect((await signIn()).to).toContain('oidc_declined');
    expect((await signIn()).to).toContain('too_many_tries');
  });
});

test('the description of the interface names the way', async () => {
  const { paths } = (await get('/api/openapi.json')).json();
  expect(paths['/api/session/oidc'].get.parameters).toMatchObject([
    { name: 'to', in: 'query', required: false },
  ]);
});

test('the doctor asks the provider about itself', async () => {
  const env = { OIDC_CLIENT_ID: at.clientId, OIDC_CLIENT_SECRET: at.clientSecret, PUBLIC_URL: publicUrl };
  const lookAt = (issuer: string) => signInLooks(readConfig({ ...env, OIDC_ISSUER: issuer }))[0]?.at();
  expect(await lookAt(at.issuer)).toContain(`answers; it must send people back to ${callback}`);
  await expect(lookAt(`${at.issuer}/other`)).rejects.toMatchObject({ code: 'oidc_invalid' });
  await expect(lookAt('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'oidc_unreachable' });
  expect(signInLooks(readConfig({}))).toEqual([]);
});

test('the log says why somebody could not sign in, and nothing of who it was', () => {
  for (const why of ['oidc_invalid', 'oidc_unknown', 'ECONNREFUSED', 'status 503', 'nonce'])
    expect(logged.join()).toContain(why);
  for (const secret of ['@', 'eyJ', at.clientSecret, 'Eva']) expect(logged.join()).not.toContain(secret);
});

function codesTaken(): number {
  return at.asked.filter((one) => one === 'POST /token').length;
}
