import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '../../src/channels/webchat/parse.ts';
import { secretHash } from '../../src/core/ids.ts';
import type { Rules } from '../../src/core/rules.ts';
import { rules as usual } from '../core/rules.ts';
import { openStream } from './sse.ts';
import { secretOf, startWeb, type Web } from './web.ts';

const headersOf = (name: string) => ({ authorization: `Bearer rlv_${name.repeat(8)}` });
const [ana, ben, eva] = [headersOf('ana'), headersOf('ben'), headersOf('eva')];
const visitorOf = (name: string) => ({ 'x-relevo-visitor': secretOf(name) });
const userOf = (name: string) => addressOf(secretOf(name)).user;

/** Whose a customer is, by their name here. */
const rules: Rules = {
  ...usual,
  plans: ['paid'],
  brandOf: ({ user }) => ['acme', 'beta'].find((name) => userOf(`${name}-customer`) === user) ?? null,
};

let web: Web;
let base: string;
const found: Record<string, { readonly id: string; readonly number: number; readonly file: string }> = {};

/** Ana works for acme, Ben for beta, Eva for all. */
beforeAll(async () => {
  web = await startWeb({ rules, agentBrands: { ana: ['acme'], ben: ['beta'] } });
  base = await web.server.listen({ host: '127.0.0.1', port: 0 });
  for (const [name, { authorization }] of Object.entries({ Ana: ana, Ben: ben, Eva: eva })) {
    const hash = secretHash(authorization.replace('Bearer ', ''));
    await web.accounts.addToken({ hash, name, role: 'administrator', createdAt: 0 });
  }
  for (const name of ['acme', 'beta', 'none']) {
    const headers = visitorOf(`${name}-customer`);
    const payload = { id: `m-${name}`, text: `hola ${name}`, name };
    const posted = await web.server.inject({ method: 'POST', url: '/api/chat/messages', headers, payload });
    const { conversation } = posted.json();
    await web.handOver(conversation);
    const kept = await web.server.inject({
      method: 'POST',
      url: `/api/cases/${conversation}/files?name=a.txt`,
      headers: { ...eva, 'content-type': 'text/plain' },
      payload: Buffer.from('words'),
    });
    if (kept.statusCode !== 201) throw new Error(kept.body);
    const state = (await web.log.load(conversation))?.state;
    found[name] = { id: conversation, number: state?.number ?? 0, file: kept.json().file.id };
  }
});
afterAll(() => web.stop());

const of = (name: string) => found[name] ?? { id: '', number: 0, file: '' };

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';

function call(method: Method, url: string, headers: Record<string, string>, payload?: object | string) {
  return web.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
}

test('whoever asks who is signed in is told whom they work for', async () => {
  const brandsOf = async (headers: Record<string, string>) =>
    (await call('GET', '/api/session', headers)).json().brands;
  expect([await brandsOf(ana), await brandsOf(ben), await brandsOf(eva)]).toEqual([['acme'], ['beta'], null]);
});

const four = { understanding: 'a', plan: 'b', execution: 'c', results: 'd' };

/** What each route on one case is called with. A route that is not here has not been thought of. */
const bodies: Readonly<Record<string, object | string | null>> = {
  'GET /api/cases/{id}': null,
  'POST /api/cases/{id}/typing': {},
  'POST /api/cases/{id}/claim': {},
  'POST /api/cases/{id}/reply': { id: 'r-1', text: 'hola' },
  'POST /api/cases/{id}/note': { id: 'n-1', text: 'hola' },
  'POST /api/cases/{id}/ask': { id: 'a-1', tier: 2, text: 'hola' },
  'POST /api/cases/{id}/questions/{question}/answer': { id: 'a-2', answer: 'hola' },
  'POST /api/cases/{id}/escalate': { reason: 'hard' },
  'POST /api/cases/{id}/assess': {
    assessment: { solvable: true, missing: 'a', howLong: 'b', best: 'c' },
  },
  'POST /api/cases/{id}/vendor': { reference: 'R-1', remindAt: '2026-01-06T12:00:00Z' },
  'POST /api/cases/{id}/vendor-answered': { answer: 'yes' },
  'POST /api/cases/{id}/plan': { plan: 'paid' },
  'POST /api/cases/{id}/return-to-bot': {},
  'POST /api/cases/{id}/solve': { logbook: four },
  'POST /api/cases/{id}/call': {},
  'POST /api/cases/{id}/call-times': {},
  'POST /api/cases/{id}/call-cancel': {},
  'POST /api/cases/{id}/call-end': {},
  'POST /api/cases/{id}/people': { case: '1' },
  'POST /api/cases/{id}/people/part': { key: 'webchat/default/x' },
  'POST /api/cases/{id}/files': 'words',
  'POST /api/cases/{id}/messages/{message}/send-again': {},
};

/** Routes that answer the same whether there is such a case or not. */
const silent: Readonly<Record<string, number>> = {
  'POST /api/cases/{id}/typing': 204,
  'POST /api/cases/{id}/messages/{message}/send-again': 409,
};

describe('a case of another company', () => {
  test('is not found, by any route on a case', async () => {
    const { paths } = (await call('GET', '/api/openapi.json', eva)).json();
    const routes = Object.entries(paths as Record<string, Record<string, unknown>>).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const onCases = routes.filter((route) => route.includes(' /api/cases/{id}'));
    expect(onCases.filter((route) => !(route in bodies))).toEqual([]);
    for (const route of onCases) {
      const [method = 'GET', path = ''] = route.split(' ');
      const body = bodies[route] ?? undefined;
      for (const ref of [of('beta').id, String(of('beta').number), of('none').id]) {
        const url = path
          .replace('{id}', ref)
          .replace('{question}', '1')
          .replace('{message}', `${ref}.3.0`)
          .concat(route.endsWith('/files') ? '?name=a.txt' : '');
        const headers = typeof body === 'string' ? { ...ana, 'content-type': 'text/plain' } : ana;
        const answer = await call(method as Method, url, headers, body);
        expect([route, answer.statusCode]).toEqual([route, silent[route] ?? 404]);
        if (answer.statusCode === 404) expect(answer.json().code).toMatch(/^(?:not_found|no_such_person)$/u);
        expect(answer.body).not.toContain('beta');
      }
    }
    const beta = (await web.log.load(of('beta').id))?.state;
    expect(beta?.stage.kind).toBe('queued');
  });

  test('is found by those who work for it, and for all', async () => {
    expect((await call('GET', `/api/cases/${of('beta').id}`, ben)).statusCode).toBe(200);
    expect((await call('GET', `/api/cases/${of('none').id}`, eva)).statusCode).toBe(200);
    expect((await call('GET', `/api/cases/${of('acme').id}`, eva)).json()).toMatchObject({
      brand: { name: 'acme', title: 'acme' },
      plan: null,
    });
  });

  test('is in no list', async () => {
    const listed = async (headers: Record<string, string>) => {
      const { cases } = (await call('GET', '/api/cases?view=open', headers)).json();
      return (cases as { id: string }[]).map(({ id }) => id).sort();
    };
    expect(await listed(ana)).toEqual([of('acme').id]);
    expect(await listed(ben)).toEqual([of('beta').id]);
    expect(await listed(eva)).toEqual([of('acme').id, of('beta').id, of('none').id].sort());
  });

  test('asks nobody else its questions', async () => {
    await call('POST', `/api/cases/${of('beta').id}/claim`, ben, {});
    const asked = { id: 'q-1', tier: 1, text: 'which cable?' };
    expect((await call('POST', `/api/cases/${of('beta').id}/ask`, ben, asked)).statusCode).toBe(200);
    const open = async (headers: Record<string, string>) =>
      (await call('GET', '/api/desk/questions', headers)).json().questions.length;
    expect([await open(ana), await open(ben), await open(eva)]).toEqual([0, 1, 1]);
  });

  test('gives nobody else its files', async () => {
    const status = async (headers: Record<string, string>, file: string) =>
      (await call('GET', `/api/files/${file}`, headers)).statusCode;
    expect(await status(ana, of('acme').file)).toBe(200);
    expect(await status(ana, of('beta').file)).toBe(404);
    expect(await status(ana, of('none').file)).toBe(404);
    expect(await status(eva, of('beta').file)).toBe(200);
  });

  test('tells only its own people of changes and of writing', async () => {
    const streams = [];
    for (const headers of [ana, eva]) streams.push(await openStream(`${base}/api/desk/stream`, headers));
    const [hers, all] = streams;
    web.signals.publish(`customer-typing/${of('beta').id}`);
    await all?.next('typing');
    web.signals.publish(`case/${of('beta').id}`);
    await all?.next('case');
    web.signals.publish(`case/${of('acme').id}`);
    expect((await hers?.next('case'))?.data).toMatchObject({ id: of('acme').id });
    expect(hers?.text()).not.toContain(of('beta').id);
    for (const stream of streams) stream.close();
  });

  test('is joined with no other company, and its failures are for its own supervisors', async () => {
    const joined = await call('POST', `/api/cases/${of('acme').id}/people`, eva, { case: of('beta').id });
    expect([joined.statusCode, joined.json().code]).toEqual([409, 'other_brand']);
    const hidden = await call('POST', `/api/cases/${of('acme').id}/people`, ana, { case: of('beta').id });
    expect(hidden.statusCode).toBe(404);
    const failed = async (headers: Record<string, string>) =>
      (await call('GET', '/api/failed-sends', headers)).json().messages.length;
    expect([await failed(ana), await failed(eva)]).toEqual([0, 1]);
    expect((await call('GET', '/api/quarantine', ana)).json().count).toBe(0);
  });
});
