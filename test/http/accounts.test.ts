import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretHash } from '../../src/core/ids.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { silentLog } from '../log.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';
import { createMemoryAudit } from '../store/memory-audit.ts';
import { openStream } from './sse.ts';
import { secretOf, startWeb, type Web } from './web.ts';

const own = { 'sec-fetch-site': 'same-origin' };
const password = 'correct horse battery';
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
type Cookies = Record<string, string>;
type Answer = Awaited<ReturnType<Web['server']['inject']>>;

/** What everybody of a test is called by. */
function caller(web: () => Web, cookies: Cookies) {
  return (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    web().server.inject({
      method,
      url,
      cookies,
      headers: own,
      ...(payload === undefined ? {} : { payload }),
    });
}

function cookiesOf(answer: Answer): Cookies {
  return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
}

async function signIn(web: Web, email: string): Promise<Cookies> {
  const payload = { email, password };
  const answer = await web.server.inject({
    method: 'POST',
    url: '/api/session',
    payload,
    headers: { ...own, ...browser },
  });
  expect(answer.statusCode).toBe(200);
  return cookiesOf(answer);
}

/** The code of a refusal. */
const refusal = ({ statusCode, body }: Answer) => [statusCode, JSON.parse(body).code];

describe('people', () => {
  let web: Web;
  let eva: ReturnType<typeof caller>;
  const { audit } = createMemoryAudit();

  beforeAll(async () => {
    web = await startWeb({
      deps: { console: { workbench: { articles: {} }, redact: (text: string) => text, audit } as never },
      agentBrands: { bruno: ['acme'] },
    });
    const payload = { token: web.setupToken, name: 'Eva', email: 'eva@example.com', password };
    const made = await web.server.inject({ method: 'POST', url: '/api/setup', payload, headers: own });
    eva = caller(() => web, cookiesOf(made));
  });
  afterAll(() => web.stop());

  const written = async () => {
    const entries = await audit.list({ limit: 50 });
    return entries.map(({ action, who }) => `${who.name} ${action}`);
  };

  test('join by a link that works once, and is dead when it is renewed, withdrawn or old', async () => {
    const wish = { name: 'Ana', email: 'Ana@Example.com', role: 'supervisor' };
    const made = await eva('POST', '/api/invitations', wish);
    expect(made.statusCode).toBe(201);
    const { invitation, code } = made.json();
    expect(invitation).toMatchObject({ email: 'ana@example.com', by: 'Eva', expired: false, brands: null });
    expect((await eva('GET', '/api/invitations')).body).not.toContain(code);

    const look = (one: string) =>
      web.server.inject({ method: 'POST', url: '/api/join/look', payload: { code: one } });
    expect((await look(code)).json()).toMatchObject({ name: 'Ana', email: 'ana@example.com' });
    const renewed = (await eva('POST', `/api/invitations/${invitation.id}/renew`, { days: 1 })).json();
    expect(refusal(await look(code))).toEqual([404, 'invitation_invalid']);
    const join = (one: string) =>
      web.server.inject({
        method: 'POST',
        url: '/api/join',
        headers: own,
        payload: { code: one, name: 'Ana María', password },
      });
    web.clock.move(24 * 3_600_000);
    expect(refusal(await join(renewed.code))).toEqual([404, 'invitation_invalid']);
    expect((await eva('GET', '/api/invitations')).statusCode).toBe(401);
    eva = caller(() => web, await signIn(web, 'eva@example.com'));
    expect((await eva('GET', '/api/invitations')).json().invitations).toMatchObject([{ expired: true }]);

    const again = (await eva('POST', `/api/invitations/${invitation.id}/renew`)).json();
    const joined = await join(again.code);
    expect(joined.json().user).toMatchObject({ name: 'Ana María', role: 'supervisor' });
    expect(refusal(await join(again.code))).toEqual([404, 'invitation_invalid']);
    expect((await eva('GET', '/api/invitations')).json()).toEqual({ invitations: [] });
    expect(refusal(await eva('POST', '/api/invitations', wish))).toEqual([409, 'email_taken']);

    const other = (await eva('POST', '/api/invitations', { ...wish, email: 'x@example.com' })).json();
    expect((await eva('DELETE', `/api/invitations/${other.invitation.id}`)).statusCode).toBe(204);
    expect(refusal(await join(other.code))).toEqual([404, 'invitation_invalid']);
    expect(await written()).toEqual([
      'Eva user.uninvite',
      'Eva user.invite',
      'Ana María user.join',
      'Eva user.invite-again',
      'Eva user.invite-again',
      'Eva user.invite',
    ]);
    expect(JSON.stringify(await audit.list({ limit: 50 }))).not.toContain(other.code);
  });

  test('are changed, and an administrator always stays', async () => {
    const users = (await eva('GET', '/api/users')).json().users as { id: string; name: string }[];
    const id = (name: string) => users.find((one) => one.name === name)?.id ?? '';
    const changed = await eva('PATCH', `/api/users/${id('Ana María')}`, { role: 'agent', brands: ['acme'] });
    expect(changed.json()).toMatchObject({ role: 'agent', brands: ['acme'], fromFile: false, you: false });
    expect((await audit.list({ limit: 1 }))[0]).toMatchObject({
      action: 'user.change',
      before: { role: 'supervisor', brands: null },
      after: { role: 'agent', brands: ['acme'] },
    });
    for (const change of [{ disabled: true }, { role: 'agent' }])
      expect(refusal(await eva('PATCH', `/api/users/${id('Eva')}`, change))).toEqual([409, 'not_yourself']);
    expect(refusal(await eva('PATCH', '/api/users/nobody', {}))).toEqual([404, 'no_such_user']);

    const hash = secretHash(`rlv_${'k'.repeat(40)}`);
    await web.accounts.addToken({ hash, name: 'ci', role: 'administrator', createdAt: 0 });
    const byToken = await web.server.inject({
      method: 'PATCH',
      url: `/api/users/${id('Eva')}`,
      headers: { authorization: `Bearer rlv_${'k'.repeat(40)}` },
      payload: { role: 'agent' },
    });
    expect(refusal(byToken)).toEqual([409, 'last_administrator']);
    expect((await web.accounts.userByEmail('eva@example.com'))?.role).toBe('administrator');
  });

  test('of some brands decide over those brands alone', async () => {
    const made = { name: 'Bruno', email: 'bruno@example.com', role: 'administrator', password };
    await eva('POST', '/api/users', made);
    const bruno = caller(() => web, await signIn(web, made.email));
    const seen = (await bruno('GET', '/api/users')).json().users as { name: string; fromFile: boolean }[];
    expect(seen.map(({ name, fromFile }) => [name, fromFile])).toEqual([
      ['Ana María', false],
      ['Bruno', true],
    ]);
    const all = (await eva('GET', '/api/users')).json().users as { id: string; name: string }[];
    const idOf = (name: string) => all.find((one) => one.name === name)?.id ?? '';
    const evaUrl = `/api/users/${idOf('Eva')}`;
    expect(refusal(await bruno('PATCH', evaUrl, { disabled: true }))).toEqual([404, 'no_such_user']);
    expect(refusal(await bruno('DELETE', `${evaUrl}/sessions`))).toEqual([404, 'no_such_user']);
    const anaUrl = `/api/users/${idOf('Ana María')}`;
    for (const brands of [null, ['beta'], ['acme', 'beta']])
      expect(refusal(await bruno('PATCH', anaUrl, { brands }))).toEqual([403, 'not_for_brands']);
    expect((await bruno('PATCH', anaUrl, { brands: ['acme'] })).statusCode).toBe(200);
    const wish = { name: 'X', email: 'y@example.com', role: 'agent' };
    expect(refusal(await bruno('POST', '/api/invitations', wish))).toEqual([403, 'not_for_brands']);
    expect(refusal(await bruno('POST', '/api/users', { ...wish, password }))).toEqual([
      403,
      'not_for_brands',
    ]);
    expect((await bruno('POST', '/api/invitations', { ...wish, brands: ['acme'] })).statusCode).toBe(201);
    for (const url of ['/api/tokens', '/api/users/sessions', '/api/console/audit/check', '/api/channels'])
      expect(refusal(await bruno('GET', url))).toEqual([403, 'not_for_brands']);
  });

  test('see where they are signed in and end it, there or everywhere else', async () => {
    const [one, two, three] = [
      await signIn(web, 'bruno@example.com'),
      await signIn(web, 'bruno@example.com'),
      await signIn(web, 'bruno@example.com'),
    ].map((cookies) => caller(() => web, cookies));
    if (!one || !two || !three) throw new Error('nobody signed in');
    type Line = { id: string; current: boolean; device: string };
    const listed = (await one('GET', '/api/sessions')).json().sessions as Line[];
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    expect(listed[0]?.device).toContain('Firefox');
    const evas = (await eva('GET', '/api/sessions')).json().sessions as Line[];
    expect(refusal(await one('DELETE', `/api/sessions/${evas[0]?.id}`))).toEqual([404, 'no_such_session']);

    const twos = ((await two('GET', '/api/sessions')).json().sessions as Line[]).find((its) => its.current);
    expect((await one('DELETE', `/api/sessions/${twos?.id}`)).statusCode).toBe(204);
    expect((await two('GET', '/api/sessions')).statusCode).toBe(401);
    await one('DELETE', '/api/sessions');
    expect((await three('GET', '/api/sessions')).statusCode).toBe(401);
    const ones = (await one('GET', '/api/sessions')).json().sessions as Line[];
    expect(ones).toHaveLength(1);
    expect((await eva('DELETE', `/api/users/sessions/${ones[0]?.id}`)).statusCode).toBe(204);
    expect((await one('GET', '/api/sessions')).statusCode).toBe(401);
  });

  test('make keys for programs: shown once, until they expire or are withdrawn', async () => {
    const made = (await eva('POST', '/api/tokens', { name: 'import', role: 'agent', days: 1 })).json();
    expect(made.secret).toMatch(/^rlv_/u);
    const ask = () =>
      web.server.inject({ url: '/api/cases', headers: { authorization: `Bearer ${made.secret}` } });
    expect((await ask()).statusCode).toBe(200);
    const list = async () => (await eva('GET', '/api/tokens')).json().tokens as (typeof made.token)[];
    expect((await list()).find(({ id }) => id === made.token.id)).toMatchObject({
      name: 'import',
      usedAt: expect.any(String),
      expired: false,
    });
    expect(JSON.stringify(await list())).not.toContain(made.secret);
    web.clock.move(24 * 3_600_000);
    expect((await ask()).statusCode).toBe(401);
    eva = caller(() => web, await signIn(web, 'eva@example.com'));
    expect((await list()).find(({ id }) => id === made.token.id)?.expired).toBe(true);

    const second = (await eva('POST', '/api/tokens', { name: 'ci', role: 'agent', days: null })).json();
    expect((await eva('DELETE', `/api/tokens/${second.token.id}`)).statusCode).toBe(204);
    expect(refusal(await eva('DELETE', `/api/tokens/${second.token.id}`))).toEqual([404, 'no_such_token']);
    const url = '/api/cases';
    const headers = { authorization: `Bearer ${second.secret}` };
    expect((await web.server.inject({ url, headers })).statusCode).toBe(401);
  });

  /** Changes that no page of ours asks for, and what stands in the way of others asking for them. */
  const withoutOrigin: Readonly<Record<string, string>> = {
    'POST /hooks/:channel': 'the platform signs it',
    'POST /hooks/video/*': 'the video server signs it',
  };

  test('change nothing for the page of another site, whatever the route', async () => {
    const cookies = { ...(await signIn(web, 'eva@example.com')), '__Host-relevo-visitor': secretOf('v') };
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    const let_in: string[] = [];
    let tried = 0;
    for (const { method, url, allow } of web.server.rules) {
      if (['GET', 'HEAD', 'OPTIONS'].includes(method)) continue;
      if (`${method} ${url}` in withoutOrigin) continue;
      // Without any word of where it comes from, only a browser's cookie must not be enough.
      const headers = allow === 'public' ? foreign : [{}, ...foreign];
      for (const one of headers) {
        const answer = await web.server.inject({
          method: method as 'POST',
          url: url.replace(/:\w+/gu, '1').replace('*', 'x'),
          cookies,
          headers: { host: 'localhost', ...one },
          payload: {},
        });
        tried += 1;
        if (answer.statusCode !== 403 || !answer.body.includes('foreign_origin'))
          let_in.push(
            `${method} ${url} ${JSON.stringify(one)}: ${answer.statusCode} ${answer.body.slice(0, 90)}`,
          );
      }
    }
    expect(let_in).toEqual([]);
    expect(tried).toBeGreaterThan(150);
  });
});

describe('on two processes with one store', () => {
  let database: TestDatabase;
  let stores: readonly [Store, Store];
  let webs: readonly [Web, Web];
  let admin: ReturnType<typeof caller>;
  const open = async (place: 0 | 1, cookies: Cookies) => {
    const base = await addresses[place];
    const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
    return openStream(`${base}/api/desk/stream`, { cookie: cookie.join('; ') });
  };
  let addresses: readonly [string, string];

  beforeAll(async () => {
    database = await openDatabase();
    // As that of what is served.
    const clock = { now: () => Date.UTC(2026, 0, 5, 12) };
    const opened = async () => openStore({ url: database.url, log: silentLog, clock });
    stores = [await opened(), await opened()];
    const serve = ({ accounts, signals }: Store) => startWeb({ deps: { accounts, signals } });
    webs = [await serve(stores[0]), await serve(stores[1])];
    addresses = [
      await webs[0].server.listen({ host: '127.0.0.1', port: 0 }),
      await webs[1].server.listen({ host: '127.0.0.1', port: 0 }),
    ];
    for (const [name, role] of [
      ['Eva', 'administrator'],
      ['Ana', 'supervisor'],
    ] as const) {
      const [id, email] = [name.toLowerCase(), `${name.toLowerCase()}@example.com`];
      const { hash } = await import('@node-rs/argon2');
      await stores[0].accounts.addUser({
        id,
        name,
        email,
        role,
        passwordHash: await hash(password),
        disabled: false,
      });
    }
    admin = caller(() => webs[0], await signIn(webs[0], 'eva@example.com'));
  });
  afterAll(async () => {
    await Promise.all(webs?.map((web) => web.stop()) ?? []);
    await Promise.all(stores?.map((store) => store.stop()) ?? []);
    await database?.drop();
  });

  test.each([
    ['disabled', () => admin('PATCH', '/api/users/ana', { disabled: true })],
    ['signed out everywhere', () => admin('DELETE', '/api/users/ana/sessions')],
  ])('whoever is %s is out within five seconds, streams and all', async (_, end) => {
    await admin('PATCH', '/api/users/ana', { disabled: false });
    const cookies = await signIn(webs[1], 'ana@example.com');
    const [there, here] = [await open(1, cookies), await open(0, cookies)];
    expect((await webs[1].server.inject({ url: '/api/cases', cookies })).statusCode).toBe(200);
    const began = performance.now();
    expect((await end()).statusCode).toBe(200);
    await Promise.all([there.ended, here.ended]);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await webs[1].server.inject({ url: '/api/cases', cookies })).statusCode).toBe(401);
  });

  test('ten wrong tries lock an account, whether there is one or not, wherever they are made', async () => {
    const tryIn = (n: number, email: string, word = 'wrong') =>
      (n % 2 ? webs[0] : webs[1]).server.inject({
        method: 'POST',
        url: '/api/session',
        headers: own,
        remoteAddress: `192.0.2.${n}`,
        payload: { email, password: word },
      });
    for (const [email, from] of [
      ['eva@example.com', 1],
      ['nobody@example.com', 50],
    ] as const) {
      for (let n = 0; n < 10; n += 1) expect((await tryIn(from + n, email)).statusCode).toBe(401);
      const locked = await tryIn(from + 10, email, password);
      expect(refusal(locked)).toEqual([429, 'too_many_tries']);
      expect(locked.json().detail).toBe('Too many tries; please wait 15 minutes.');
    }
  });
});
