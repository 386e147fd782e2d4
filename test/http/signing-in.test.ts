import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secretHash } from '../../src/core/ids.ts';
import { startWeb, type Web } from './web.ts';

let web: Web;
beforeEach(async () => {
  web = await startWeb();
});
afterEach(() => web.stop());

const own = { 'sec-fetch-site': 'same-origin' };
const eva = { name: 'Eva', email: 'Eva@Example.com', password: 'correct horse battery' };

interface Call {
  headers?: Record<string, string>;
  cookies?: Record<string, string>;
  payload?: object;
  from?: string;
}

function call(method: 'GET' | 'POST' | 'DELETE', url: string, { from, ...more }: Call = {}) {
  return web.server.inject({ method, url, remoteAddress: from ?? '192.0.2.7', ...more });
}

/** Sets up the first administrator. @returns their cookie */
async function setUp(): Promise<Record<string, string>> {
  const answer = await call('POST', '/api/setup', { payload: { token: web.setupToken, ...eva } });
  expect(answer.statusCode).toBe(201);
  return cookiesOf(answer);
}

function cookiesOf(answer: Awaited<ReturnType<typeof call>>): Record<string, string> {
  return Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
}

describe('the first administrator', () => {
  test('is created with the printed token, once', async () => {
    expect((await call('GET', '/api/session')).json()).toEqual({ user: null, demo: false, needsSetup: true });
    const payload = { token: web.setupToken, ...eva };
    const wrong = await call('POST', '/api/setup', { payload: { ...payload, token: 'x' } });
    expect([wrong.statusCode, wrong.json().code]).toEqual([403, 'setup_token_invalid']);

    const right = await call('POST', '/api/setup', { payload });
    expect(right.statusCode).toBe(201);
    expect(right.json()).toEqual({
      user: { id: expect.any(String), name: 'Eva', email: 'eva@example.com', role: 'administrator' },
      demo: false,
      needsSetup: false,
    });
    expect(right.cookies[0]).toMatchObject({
      name: '__Host-relevo-session',
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
    });
    const again = await call('POST', '/api/setup', { payload: { ...payload, email: 'b@example.com' } });
    expect([again.statusCode, again.json().code]).toEqual([409, 'already_set_up']);
  });

  test('is one, however close the race', async () => {
    const answers = await Promise.all(
      ['a@x.y', 'b@x.y', 'c@x.y'].map((email) =>
        call('POST', '/api/setup', { payload: { token: web.setupToken, ...eva, email } }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
    expect(await web.accounts.userCount()).toBe(1);
  });

  test.each([{ password: 'short' }, { email: 'nobody' }, { name: ' ' }])('is refused %j', async (fault) => {
    const payload = { token: web.setupToken, ...eva, ...fault };
    const answer = await call('POST', '/api/setup', { payload });
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([400, Object.keys(fault)[0]]);
    expect(answer.body).not.toContain('"short"');
  });

  test('cannot be guessed for long', async () => {
    const guess = () => call('POST', '/api/setup', { payload: { token: 'x', ...eva } });
    for (let n = 0; n < 10; n += 1) expect((await guess()).statusCode).toBe(403);
    expect((await guess()).statusCode).toBe(429);
  });
});

describe('a session', () => {
  test('begins with the right password and ends on signing out', async () => {
    await setUp();
    const payload = { email: 'EVA@example.com', password: eva.password };
    const answer = await call('POST', '/api/session', { payload, headers: own });
    expect([answer.statusCode, answer.json().user.name]).toEqual([200, 'Eva']);
    const cookies = cookiesOf(answer);
    expect((await call('GET', '/api/session', { cookies })).json().user.name).toBe('Eva');
    expect((await call('GET', '/api/cases', { cookies })).statusCode).toBe(200);
    expect((await web.accounts.userByEmail('eva@example.com'))?.passwordHash).toMatch(
      /^\$argon2id\$v=19\$m=47104,t=1,p=1\$/,
    );

    expect((await call('DELETE', '/api/session', { cookies, headers: own })).statusCode).toBe(204);
    expect((await call('GET', '/api/cases', { cookies })).statusCode).toBe(401);
    expect((await call('GET', '/api/session', { cookies })).json().user).toBeNull();
  });

  test('is over after twelve hours', async () => {
    const cookies = await setUp();
    web.clock.move(12 * 60 * 60 * 1000 - 1);
    expect((await call('GET', '/api/cases', { cookies })).statusCode).toBe(200);
    web.clock.move(1);
    expect((await call('GET', '/api/cases', { cookies })).statusCode).toBe(401);
  });

  test('is not given for a wrong password, nor tells whether there is such a user', async () => {
    await setUp();
    const wrong = await call('POST', '/api/session', { payload: { email: eva.email, password: 'x' } });
    const nobody = await call('POST', '/api/session', { payload: { email: 'no@body.com', password: 'x' } });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json()).toMatchObject({ code: 'wrong_credentials' });
    expect(nobody.json()).toEqual(wrong.json());
    expect(wrong.cookies).toEqual([]);
  });

  test('allows ten wrong tries in fifteen minutes, for an account and for an address', async () => {
    await setUp();
    const tryIn = (email: string, password: string, from: string) =>
      call('POST', '/api/session', { payload: { email, password }, from });
    for (let n = 0; n < 10; n += 1) {
      expect((await tryIn(eva.email, 'wrong', `192.0.2.${n + 20}`)).statusCode).toBe(401);
    }
    const locked = await tryIn(eva.email, eva.password, '192.0.2.99');
    expect([locked.statusCode, locked.json().code]).toEqual([429, 'too_many_tries']);
    expect(Number(locked.headers['retry-after'])).toBe(15 * 60);

    for (let n = 0; n < 10; n += 1) await tryIn(`user${n}@x.y`, 'wrong', '2001:db8::1');
    expect((await tryIn('new@x.y', 'wrong', '2001:db8::1')).statusCode).toBe(429);
    web.clock.move(15 * 60 * 1000);
    expect((await tryIn(eva.email, eva.password, '192.0.2.99')).statusCode).toBe(200);
  });

  test('counts only what went wrong', async () => {
    await setUp();
    const payload = { email: eva.email, password: eva.password };
    for (let n = 0; n < 12; n += 1)
      expect((await call('POST', '/api/session', { payload })).statusCode).toBe(200);
  });

  test('changes nothing for another site', async () => {
    const cookies = await setUp();
    const claim = (headers: Record<string, string>) =>
      call('POST', `/api/cases/${'a'.repeat(32)}/claim`, { cookies, headers });
    const foreign = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:80' },
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:81' },
    ];
    for (const headers of foreign) {
      const answer = await claim(headers as Record<string, string>);
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'foreign_origin']);
    }
    for (const headers of [
      own,
      { 'sec-fetch-site': 'none' },
      { origin: 'http://localhost:80', host: 'localhost:80' },
    ]) {
      expect((await claim(headers as Record<string, string>)).statusCode).toBe(404);
    }
    const signIn = await call('POST', '/api/session', {
      headers: { 'sec-fetch-site': 'cross-site' },
      payload: eva,
    });
    expect(signIn.statusCode).toBe(403);
  });
});

describe('the roles', () => {
  test('say who may see and add users', async () => {
    const cookies = await setUp();
    const added = await call('POST', '/api/users', {
      cookies,
      headers: own,
      payload: { name: 'Ana', email: 'ana@example.com', role: 'agent', password: 'ana ana ana ana' },
    });
    expect(added.statusCode).toBe(201);
    const twice = await call('POST', '/api/users', {
      cookies,
      headers: own,
      payload: { name: 'Ana', email: 'ANA@example.com', role: 'agent', password: 'ana ana ana ana' },
    });
    expect([twice.statusCode, twice.json().code]).toEqual([409, 'email_taken']);
    const list = await call('GET', '/api/users', { cookies });
    expect(list.json().users.map(({ name }: { name: string }) => name)).toEqual(['Eva', 'Ana']);
    expect(list.body).not.toContain('argon2');

    const ana = cookiesOf(
      await call('POST', '/api/session', {
        payload: { email: 'ana@example.com', password: 'ana ana ana ana' },
      }),
    );
    expect((await call('GET', '/api/cases', { cookies: ana })).statusCode).toBe(200);
    const refused = await call('GET', '/api/users', { cookies: ana });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'not_allowed']);
  });

  test('are held by API tokens too, without the checks for browsers', async () => {
    await setUp();
    const add = (token: string, role: 'agent' | 'supervisor' | 'administrator') =>
      web.accounts.addToken({ hash: secretHash(token), name: role, role, createdAt: 0 });
    await add('rlv_supervisor-supervisor', 'supervisor');
    await add('rlv_administrator-administrator', 'administrator');
    const as = (token: string) => ({
      headers: { authorization: `Bearer ${token}`, origin: 'http://else.where' },
    });
    expect((await call('GET', '/api/users', as('rlv_supervisor-supervisor'))).statusCode).toBe(403);
    expect((await call('GET', '/api/users', as('rlv_administrator-administrator'))).statusCode).toBe(200);
    const claim = await call('POST', `/api/cases/${'a'.repeat(32)}/claim`, as('rlv_supervisor-supervisor'));
    expect(claim.statusCode).toBe(404);
    expect((await call('GET', '/api/cases', as('rlv_unknown-unknown-unknown'))).statusCode).toBe(401);
  });
});

describe('the demo mode', () => {
  const here = '127.0.0.1';

  test('lets this computer in while there are no users', async () => {
    for (const from of [here, '::1', '::ffff:127.0.0.1']) {
      expect((await call('GET', '/api/session', { from })).json()).toEqual({
        user: { id: 'demo', name: 'Agente de demo', email: null, role: 'administrator' },
        demo: true,
        needsSetup: true,
        brands: null,
      });
      expect((await call('GET', '/api/cases', { from })).statusCode).toBe(200);
    }
    expect((await call('GET', '/api/settings')).json().demo).toBe(true);
    await setUp();
    expect((await call('GET', '/api/cases', { from: here })).statusCode).toBe(401);
    expect((await call('GET', '/api/settings')).json().demo).toBe(false);
  });

  test.each([
    [{ from: '192.0.2.1' }],
    [{ from: '128.0.0.1' }],
    [{ from: here, headers: { host: 'evil.example' } }],
    [{ from: here, headers: { host: 'localhost.evil.example' } }],
    [{ from: here, headers: { 'x-forwarded-for': '203.0.113.5' } }],
    [{ from: here, headers: { 'x-forwarded-host': 'support.example' } }],
    [{ from: here, headers: { forwarded: 'for=203.0.113.5' } }],
    [{ from: here, headers: { via: '1.1 proxy' } }],
    [{ from: here, headers: { origin: 'https://support.example', 'sec-fetch-site': 'same-origin' } }],
    [{ from: here, headers: { 'sec-fetch-site': 'cross-site' } }],
    [{ from: here, headers: { origin: 'http://evil.example' } }],
  ])('keeps everybody else out: %j', async (from: Call) => {
    for (const answer of [
      await call('GET', '/api/cases', from),
      await call('POST', `/api/cases/${'a'.repeat(32)}/claim`, from),
    ]) {
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'sign_in_required']);
    }
  });

  test('is off where there is a public address', async () => {
    const other = await startWeb({ settings: { publicUrl: 'https://support.example' } });
    expect((await other.server.inject({ method: 'GET', url: '/api/cases' })).statusCode).toBe(401);
    expect((await other.server.inject({ method: 'GET', url: '/api/settings' })).json().demo).toBe(false);
    await other.stop();
  });

  test('wants our own port in the address', async () => {
    const base = await web.server.listen({ host: '127.0.0.1', port: 0 });
    expect((await fetch(`${base}/api/cases`)).status).toBe(200);
    const { port } = new URL(base);
    const { request } = await import('node:http');
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${base}/api/cases`, { headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusFor(`localhost:${port}`)).toBe(200);
    expect(await statusFor('localhost:1')).toBe(401);
    expect(await statusFor(`rebound.example:${port}`)).toBe(401);
  });
});
