import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { doorWorld, hookSecret } from '../video/door-world.ts';
import { startMs, tokenIn } from '../video/video-world.ts';
import { startWeb, type Web } from './web.ts';

const minuteMs = 60_000;
let world = doorWorld();
let web: Web;

beforeAll(async () => {
  web = await startWeb({
    settings: { publicUrl: 'https://support.example.com', trustProxy: true },
    deps: {
      video: {
        // What is behind the door is another for each test.
        door: new Proxy(world.door, {
          get:
            (_, name) =>
            (...given: unknown[]) =>
              Reflect.get(world.door, name)(...given),
        }),
        webhook: (request) => world.webhook(request),
      },
    },
  });
});
afterAll(() => web.stop());
beforeEach(() => {
  world = doorWorld();
});

interface Browser {
  cookie?: string;
  readonly address?: string;
}

/** One call of a page, as its browser makes it. */
async function call(
  browser: Browser,
  path: string,
  body: unknown = {},
  headers: Record<string, string> = {},
) {
  const { cookie, address = '198.51.100.7' } = browser;
  const answer = await web.server.inject({
    method: 'POST',
    url: path,
    payload: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': address,
      'x-forwarded-proto': 'https',
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
  });
  const set = answer.cookies.find(({ name }) => name === 'relevo-call');
  if (set !== undefined) browser.cookie = `relevo-call=${set.value}`;
  return {
    status: answer.statusCode,
    headers: answer.headers,
    set,
    body: answer.body ? answer.json() : null,
  };
}

const checks = {
  browser: 'Chrome',
  system: 'Android',
  phone: true,
  fits: true,
  canShare: false,
  camera: 'good',
  microphone: 'denied',
  connection: { outcome: 'good', roundTripMs: 40, downKbps: 9_000, upKbps: 4_000 },
};

describe('the way into a call', () => {
  test('opening tells what the page shows, keeps a secret in its browser, and uses nothing up', async () => {
    const { path } = await world.invite();
    const ana: Browser = {};
    const opened = await call(ana, `${path}/open`, { now: startMs + 60 * minuteMs });
    expect(opened.body).toMatchObject({
      kind: 'waiting',
      role: 'customer',
      call: { number: 1042, customer: 'Ana', agent: 'Eva Sol', recorded: false },
      place: { host: 'meet.example.com', signs: true },
      entered: false,
      now: startMs,
      clock: { wholeHours: 1 },
    });
    expect(opened.set).toMatchObject({ path: '/v', httpOnly: true, sameSite: 'Lax', secure: true });
    expect(opened.headers['cache-control']).toBe('no-store');
    expect(JSON.stringify(opened.body)).not.toContain(world.room);
    // Another browser may still be the one that goes in: whoever forwards a link before using it passes it on.
    expect((await call({}, `${path}/open`)).body).toMatchObject({
      kind: 'waiting',
      entered: false,
      clock: null,
    });
    expect(world.stage.told).toEqual([]);
  });

  test('the checks go to the case, and the click to the call, once for one browser', async () => {
    const { path } = await world.invite();
    const ana: Browser = {};
    await call(ana, `${path}/open`);
    expect((await call(ana, `${path}/waiting`, { checks: null })).body).toEqual({ kind: 'done' });
    await call(ana, `${path}/waiting`, { checks });
    expect((await call(ana, `${path}/enter`, { agreed: false })).status).toBe(400);
    const entered = await call(ana, `${path}/enter`, { agreed: true });
    expect(new URL(entered.body.url).pathname).toBe(`/${world.room}`);
    expect(tokenIn(entered.body.url)).not.toBe('');
    expect((await call(ana, `${path}/enter`, { agreed: true })).body).toEqual(entered.body);
    expect((await call(ana, `${path}/open`)).body).toMatchObject({ kind: 'waiting', entered: true });
    const other = await call({}, `${path}/enter`, { agreed: true });
    expect(other.body).toMatchObject({ kind: 'shut', reason: 'forwarded', call: { language: 'es' } });
    expect(JSON.stringify(other.body)).not.toMatch(/Ana|Eva|1042,/u);
    await call({}, `${path}/left`);
    await call(ana, `${path}/left`);
    expect(world.stage.told).toEqual([
      ['waiting', 'k', 'customer', null],
      ['waiting', 'k', 'customer', checks],
      ['entered', 'k', 'customer'],
      ['entered', 'k', 'customer'],
      ['left', 'k', 'customer'],
    ]);
  });

  test.each([
    ['chat', 'camera'],
    ['phone', 'connection'],
  ])('without video: %s, because of %s', async (wish, why) => {
    const { path } = await world.invite();
    expect((await call({}, `${path}/without-video`, { wish, why })).body).toEqual({ kind: 'done' });
    expect(world.stage.told).toEqual([['declined', 'k', wish, why]]);
  });

  test('every shut door says why, in the language of the case, and the way back', async () => {
    const back = { language: 'es', chatUrl: 'https://t.me/example_bot', phone: '+34 900 000 000' };
    const early = await world.invite({ opensAt: startMs + 20 * minuteMs });
    const over = await world.invite({ closesAt: startMs });
    const taken = await world.invite();
    await world.invitations.cancel(taken.invitation.id);
    const gone = await world.invite({ conversationId: 'gone' });
    const reasons = [];
    for (const { path } of [early, over, taken, gone]) {
      const { body } = await call({}, `${path}/open`);
      reasons.push([body.reason, body.until]);
      if (path !== gone.path) expect(body.call).toMatchObject(back);
    }
    expect(reasons).toEqual([
      ['too-early', startMs + 20 * minuteMs],
      ['expired', null],
      ['cancelled', null],
      ['closed', null],
    ]);
    world.closed.add('k');
    expect((await call({}, `${early.path}/open`)).body).toMatchObject({ reason: 'closed', call: back });
    const unknown = await call({}, `/v/${'0'.repeat(32)}/open`);
    expect(unknown.body).toMatchObject({ reason: 'unknown', call: null, role: null });
  });

  test('guessing is answered politely and slower and slower, by the address behind the proxy', async () => {
    const { path } = await world.invite();
    const statuses = new Map<number, number>();
    for (let guess = 0; guess < 80; guess += 1) {
      const action = ['open', 'enter', 'left', 'waiting'][guess % 4];
      const body = { agreed: true, checks: null };
      const eve = { address: '203.0.113.9' };
      const { status, headers } = await call(eve, `/v/${randomBytes(16).toString('hex')}/${action}`, body);
      if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(429)).toBeGreaterThan(50);
    expect(world.store.looked).toBeLessThan(10);
    expect((await call({ address: '203.0.113.9' }, `${path}/open`)).body).toMatchObject({
      reason: 'too-many-tries',
    });
    expect((await call({}, `${path}/open`)).body).toMatchObject({ kind: 'waiting' });
  });

  test('neither leaving nor appointments are a way to guess', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.10' };
    for (let guess = 0; guess < 20; guess += 1) {
      await call({ address: '203.0.113.10' }, `/v/${randomBytes(16).toString('hex')}/left`);
      const url = `/v/${randomBytes(16).toString('hex')}/call.ics`;
      expect((await web.server.inject({ url, headers })).statusCode).toBe(404);
    }
    expect(world.store.looked).toBeLessThan(10);
  });

  test('other sites cannot use a link, and what is no request is refused', async () => {
    const { path } = await world.invite();
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await call({}, `${path}/enter`, { agreed: true }, foreign)).status).toBe(403);
    for (const bad of [{ checks: { ...checks, camera: 'fine' } }, { checks: 7 }, {}])
      expect((await call({}, `${path}/waiting`, bad)).status).toBe(400);
    expect((await call({}, `${path}/open`, { now: 'x' })).status).toBe(400);
    for (const odd of ['/v/x%00/open', '/v/%3Cscript%3E/open'])
      expect((await call({ address: odd.length.toString() }, odd)).body).toMatchObject({ reason: 'unknown' });
    expect(world.stage.told).toEqual([]);
  });

  test('the appointment is a file where there is one', async () => {
    const { path } = await world.invite({ opensAt: startMs + 60 * minuteMs });
    const none = await web.server.inject(`${path}/call.ics`);
    expect(none.statusCode).toBe(404);
    world.stage.call = { ...world.stage.call, startsAt: startMs + 60 * minuteMs };
    const file = await web.server.inject(`${path}/call.ics`);
    expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(file.body).toContain('UID:k');
    expect((await web.server.inject(`/v/${'0'.repeat(32)}/call.ics`)).statusCode).toBe(404);
  });

  test('a connection is measured by whom a link lets in, not without end', async () => {
    const { path } = await world.invite();
    const bytes = await web.server.inject(`${path}/bytes?size=65536`);
    expect(bytes.rawPayload.length).toBe(65_536);
    const up = (size: number, to = path) =>
      web.server.inject({
        method: 'POST',
        url: `${to}/bytes`,
        payload: randomBytes(size),
        headers: { 'content-type': 'application/octet-stream', 'sec-fetch-site': 'same-origin' },
      });
    expect((await up(65_536)).statusCode).toBe(204);
    expect((await up(600 * 1024)).statusCode).toBe(413);
    expect((await web.server.inject(`${path}/bytes?size=99999999`)).statusCode).toBe(400);
    expect((await up(10, `/v/${'1'.repeat(32)}`)).statusCode).toBe(404);
    const statuses = [];
    for (let n = 0; n < 60; n += 1)
      statuses.push((await web.server.inject(`${path}/bytes?size=0`)).statusCode);
    expect(statuses.at(-1)).toBe(429);
  });

  test('no other page may use camera or microphone', async () => {
    const { headers } = await web.server.inject('/api/session');
    expect(headers['permissions-policy']).toBe('camera=(), microphone=(), display-capture=()');
  });
});

test('where video is not set up every link says so', async () => {
  const plain = await startWeb();
  const answer = await plain.server.inject({
    method: 'POST',
    url: `/v/${'0'.repeat(32)}/open`,
    payload: {},
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(answer.json()).toMatchObject({ kind: 'shut', reason: 'not-set-up', call: null });
  expect((await plain.server.inject({ method: 'POST', url: '/hooks/video/jaas' })).statusCode).toBe(404);
  await plain.stop();
});

describe("a Jitsi server's own calls", () => {
  const jaas = (eventType: string, data: object = {}) => ({
    idempotencyKey: 'd11f155d-ced5-4a7e-b6d9-aaa135c64f65',
    customerId: 'c2824d584eac4489a1e32e4e164d5a3c',
    appId: 'vpaas-magic-cookie-abc',
    eventType,
    sessionId: '0b4a91a3-7a0c-4a4c-b2a4-3f2e5a1b0c9d',
    timestamp: startMs + 5,
    fqn: `vpaas-magic-cookie-abc/${world.room.toUpperCase()}`,
    data: { conference: 'x', isBreakout: false, ...data },
  });

  function signed(body: string, { secret = hookSecret, at = startMs, scheme = 'v1' } = {}) {
    const time = String(Math.floor(at / 1_000));
    const mac = createHmac('sha256', secret).update(`${time}.${body}`).digest('base64');
    return { 'x-jaas-signature': `t=${time},${scheme}=${mac}` };
  }

  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const payload = { method: 'POST', url: `/hooks/video/${path}`, payload: body, headers } as const;
    return (await web.server.inject(payload)).statusCode;
  };

  test("8x8's, signed, become the call's stage", async () => {
    const { invitation } = await world.invite({ role: 'agent' });
    const statuses = [];
    for (const event of [
      jaas('ROOM_CREATED'),
      jaas('PARTICIPANT_JOINED', { id: invitation.id, name: 'Eva' }),
      jaas('PARTICIPANT_LEFT', { id: 'somebody else' }),
      jaas('ROOM_DESTROYED', { isBreakout: true }),
      jaas('RECORDING_STARTED'),
      jaas('SETTINGS_PROVISIONING'),
      jaas('ROOM_DESTROYED'),
      { ...jaas('ROOM_DESTROYED'), fqn: `vpaas-magic-cookie-abc/${'0'.repeat(32)}` },
      { ...jaas('ROOM_DESTROYED'), fqn: 'vpaas-magic-cookie-abc/team-meeting' },
    ]) {
      const body = JSON.stringify(event);
      statuses.push(await post('jaas', body, signed(body)));
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(world.stage.told).toEqual([
      ['started', 'k', startMs + 5],
      ['entered', 'k', 'agent'],
      ['left', 'k', null],
      ['ended', 'k', startMs + 5],
    ]);
    expect(world.warned).toEqual([expect.stringContaining('records a call')]);
    expect(world.quarantined).toEqual([]);
  });

  test("a server's own, with the plugin event_sync and its token", async () => {
    const { invitation } = await world.invite();
    const bearer = { authorization: `Bearer ${hookSecret}`, 'content-type': 'application/json' };
    const seconds = Math.floor(startMs / 1_000);
    const about = { room_name: `[acme]${world.room}`, room_jid: 'x@muc.example.com', is_breakout: false };
    const occupant = { id: invitation.id, name: 'Ana', email: null, occupant_jid: 'y' };
    for (const [path, more] of [
      ['room/created', { event_name: 'muc-room-created', created_at: seconds }],
      [
        'occupant/joined',
        { event_name: 'muc-occupant-joined', occupant: { ...occupant, joined_at: seconds } },
      ],
      ['occupant/left', { event_name: 'muc-occupant-left', occupant: { ...occupant, left_at: seconds } }],
      ['room/destroyed', { event_name: 'muc-room-destroyed', created_at: 1, destroyed_at: seconds + 60 }],
    ] as const)
      expect(await post(`events/${path}`, JSON.stringify({ ...about, ...more }), bearer)).toBe(200);
    expect(world.stage.told).toEqual([
      ['started', 'k', seconds * 1_000],
      ['entered', 'k', 'customer'],
      ['left', 'k', 'customer'],
      ['ended', 'k', (seconds + 60) * 1_000],
    ]);
  });

  test('a person of another room is nobody of this one', async () => {
    await world.invite();
    const other = await world.invite({ room: '9'.repeat(32), conversationId: 'other', role: 'agent' });
    const body = JSON.stringify(jaas('PARTICIPANT_LEFT', { id: other.invitation.id }));
    await post('jaas', body, signed(body));
    expect(world.stage.told).toEqual([['left', 'k', null]]);
  });

  test('whoever cannot prove to be the server is refused', async () => {
    await world.invite();
    const body = JSON.stringify(jaas('ROOM_DESTROYED'));
    const right = signed(body);
    for (const [path, headers, sent = body] of [
      ['jaas', {}],
      ['jaas', { authorization: `Bearer ${hookSecret}` }],
      ['jaas', signed(body, { secret: 'another-secret-of-some-length' })],
      ['jaas', signed(body, { scheme: 'v0' })],
      ['jaas', signed(body, { at: startMs - 6 * minuteMs })],
      ['jaas', signed(body, { at: startMs + 6 * minuteMs })],
      ['jaas', { 'x-jaas-signature': `${right['x-jaas-signature']}=` }],
      ['jaas', { 'x-jaas-signature': 't=,v1=' }],
      ['jaas', right, `${body} `],
      ['events/room/destroyed', right],
      ['events/room/destroyed', { authorization: 'Bearer ' }],
      ['events/room/destroyed', { authorization: `Basic ${hookSecret}` }],
    ] as [string, Record<string, string>, string?][])
      expect(await post(path, sent, headers), JSON.stringify([path, headers])).toBe(401);
    expect([world.stage.told, world.quarantined]).toEqual([[], []]);
  });

  test('what nobody can read is kept for people to look at', async () => {
    const bearer = { authorization: `Bearer ${hookSecret}` };
    for (const body of ['', 'not json', '[]', '{"event_name":7}', '{"eventType":"ROOM_CREATED"}'])
      expect(await post('events/x', body, bearer)).toBe(200);
    expect(world.quarantined.map(({ raw }) => raw)).toEqual([
      '',
      'not json',
      '[]',
      '{"event_name":7}',
      '{"eventType":"ROOM_CREATED"}',
    ]);
    expect(world.stage.told).toEqual([]);
  });
});
