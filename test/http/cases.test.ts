import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secretHash } from '../../src/core/ids.ts';
import { secretOf, startWeb, type Web } from './web.ts';

let web: Web;
let id: string;
const ana = { authorization: 'Bearer rlv_anaanaanaanaanaanaana' };
const ben = { authorization: 'Bearer rlv_benbenbenbenbenbenben' };
const visitor = { 'x-relevo-visitor': secretOf('customer') };
const logbook = { understanding: 'a', plan: 'b', execution: 'c', results: 'd' };

beforeEach(async () => {
  web = await startWeb();
  for (const [name, { authorization }] of Object.entries({ Ana: ana, Ben: ben })) {
    const hash = secretHash(authorization.replace('Bearer ', ''));
    await web.accounts.addToken({ hash, name, role: 'agent', createdAt: 0 });
  }
  const payload = { id: 'm-1', text: 'no me anda la impresora', name: 'Carla' };
  const answer = await web.server.inject({
    method: 'POST',
    url: '/api/chat/messages',
    headers: visitor,
    payload,
  });
  id = answer.json().conversation;
});
afterEach(() => web.stop());

function act(action: string, payload: object = {}, headers: Record<string, string> = ana, ref = id) {
  return web.server.inject({ method: 'POST', url: `/api/cases/${ref}/${action}`, headers, payload });
}

async function get(url: string, headers: Record<string, string> = ana) {
  return web.server.inject({ method: 'GET', url, headers });
}

async function visible(): Promise<string> {
  return (await get('/api/chat/messages', visitor)).body;
}

describe('a case', () => {
  test('is listed with its deadline and found by id and by number', async () => {
    await web.handOver(id);
    const list = await get('/api/cases?view=queue&tier=1&limit=10');
    expect(list.statusCode).toBe(200);
    const [line] = list.json().cases;
    expect(line).toMatchObject({
      id,
      subject: 'no me anda la impresora',
      customerName: 'Carla',
      channel: 'webchat',
      stage: 'queued',
      tier: 1,
      owner: { kind: 'tier', tier: 1 },
      deadline: { kind: 'accept', at: expect.stringMatching(/^2026-01-05T1\d:\d\d:\d\d\.000Z$/) },
      startedAt: '2026-01-05T12:00:00.000Z',
      version: 2,
    });
    expect(list.json().counts).toEqual([{ stage: 'queued', tier: 1, count: 1 }]);

    for (const ref of [id, line.number]) {
      const detail = await get(`/api/cases/${ref}`);
      expect(detail.statusCode).toBe(200);
      expect(detail.json()).toMatchObject({
        ...line,
        brief: { question: 'no me anda la impresora', reason: 'error' },
        can: { claim: true, reply: false, note: true },
        messages: expect.arrayContaining([
          expect.objectContaining({ from: 'customer', text: 'no me anda la impresora' }),
        ]),
      });
    }
  });

  test('goes from the queue to the solution', async () => {
    await web.handOver(id);
    const claimed = await act('claim');
    expect(claimed.statusCode).toBe(200);
    expect(claimed.json().case).toMatchObject({
      stage: 'claimed',
      owner: { kind: 'agent', agent: { name: 'Ana' } },
    });
    expect((await act('reply', { id: 'r-1', text: '¿Qué modelo es?' })).statusCode).toBe(200);
    const solved = await act('solve', { logbook });
    expect(solved.json().case).toMatchObject({ stage: 'solved' });
    expect((await get(`/api/cases/${id}`)).json().logbook).toEqual(logbook);
    expect(JSON.parse(await visible()).messages).toContainEqual(
      expect.objectContaining({ from: 'agent', author: 'Ana', text: '¿Qué modelo es?' }),
    );
  });

  test('has one holder: the loser is told who', async () => {
    await web.handOver(id);
    await act('claim');
    const late = await act('claim', {}, ben);
    expect(late.statusCode).toBe(409);
    expect(late.headers['content-type']).toContain('application/problem+json');
    expect(late.json()).toMatchObject({ code: 'already_claimed', holder: { id: 'token:Ana', name: 'Ana' } });
    const reply = await act('reply', { id: 'r', text: 'yo' }, ben);
    expect(reply.json()).toMatchObject({ status: 409, code: 'not_yours', holder: { name: 'Ana' } });
  });

  test('takes a resent reply once', async () => {
    await web.handOver(id);
    await act('claim');
    const first = await act('reply', { id: 'r-1', text: 'una sola vez' });
    const again = await act('reply', { id: 'r-1', text: 'una sola vez' });
    expect([first.statusCode, again.statusCode]).toEqual([200, 200]);
    expect(again.json().case.version).toBe(first.json().case.version);
    expect((await visible()).split('una sola vez')).toHaveLength(2);
  });

  test('keeps notes from the customer', async () => {
    await web.handOver(id);
    expect((await act('note', { id: 'n-1', text: 'cliente difícil' })).statusCode).toBe(200);
    expect((await get(`/api/cases/${id}`)).body).toContain('cliente difícil');
    expect(await visible()).not.toContain('difícil');
  });

  test('tells by when it has to be solved, and what its holder may do about it', async () => {
    await web.handOver(id);
    const detail = async (headers = ana) => (await get(`/api/cases/${id}`, headers)).json();
    expect(await detail()).toMatchObject({ solveBy: null, assessment: null, callback: null, told: null });
    await act('claim');
    const ours = { assess: true, toVendor: true, vendorAnswered: false };
    expect(await detail()).toMatchObject({ solveBy: '2026-01-05T14:00:00.000Z', can: ours });
    expect((await detail(ben)).can).toMatchObject({ assess: false, toVendor: false, vendorAnswered: false });
    const assessment = { solvable: true, missing: 'nada', howLong: 'una hora', best: 'reiniciar' };
    await act('assess', { assessment });
    await act('vendor', { reference: 'RMA-7', remindAt: '2026-01-06T12:00:00.000Z' });
    expect(await detail()).toMatchObject({
      owner: { kind: 'vendor', reference: 'RMA-7' },
      assessment: { ...assessment, agent: { name: 'Ana' }, tier: 1 },
      assessFirst: false,
      can: { vendorAnswered: true },
    });
  });

  test('is refused what its stage does not allow', async () => {
    expect((await act('claim')).json()).toMatchObject({ status: 409, code: 'not_open_to_people' });
    await web.handOver(id);
    expect((await act('reply', { id: 'r', text: 'x' })).json().code).toBe('not_claimed');
    await act('claim');
    expect((await act('escalate', { reason: 'x', tier: 99 })).json().code).toBe('no_such_tier');
    expect((await act('escalate', { reason: 'difícil' })).json().case).toMatchObject({ tier: 2 });
    await act('claim');
    expect((await act('return-to-bot')).json().case).toMatchObject({ stage: 'bot' });
  });

  test.each(['nope', '0', '99999999', '9999999999999999999', 'f'.repeat(32), "1'--"])(
    'that does not exist is not found: %s',
    async (ref) => {
      const url = `/api/cases/${encodeURIComponent(ref)}`;
      for (const answer of [await get(url), await act('claim', {}, ana, encodeURIComponent(ref))]) {
        expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
      }
    },
  );

  test.each([
    ['reply', { text: 'x' }, 'id'],
    ['reply', { id: 'r', text: 'x'.repeat(10_001) }, 'text'],
    ['note', { id: 'r', text: '' }, 'text'],
    ['escalate', { reason: 'x'.repeat(2_001) }, 'reason'],
    ['escalate', { reason: 'x', tier: '2' }, 'tier'],
    ['solve', {}, 'logbook'],
    ['solve', { logbook: { ...logbook, plan: '' } }, 'logbook.plan'],
    ['claim', [], ''],
  ])('refuses a wrong %s', async (action, body, path) => {
    const answer = await act(action, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] });
  });

  test.each(['view=all', 'tier=x', 'limit=0', 'limit=1e9'])('refuses the list ?%s', async (query) => {
    const answer = await get(`/api/cases?${query}`);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_request']);
  });

  test('shows the customer that its agent is writing', async () => {
    await web.handOver(id);
    await act('claim');
    expect((await act('typing')).statusCode).toBe(204);
    expect(web.signals.published.at(-1)).toMatch(/^agent-typing\/webchat\/default\//);
  });

  test('is only for people who have signed in', async () => {
    for (const headers of [
      { authorization: 'Bearer rlv_unknownunknownunknown' },
      { authorization: 'Basic eDp5' },
    ]) {
      for (const answer of [await get('/api/cases', headers), await act('claim', {}, headers)]) {
        expect([answer.statusCode, answer.json().code]).toEqual([401, 'sign_in_required']);
      }
    }
  });
});
