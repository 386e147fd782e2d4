import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hearLog } from '../log.ts';
import { secretOf, startWeb, type Web } from './web.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const html = Buffer.from('<!doctype html><script>alert(1)</script>');

describe('files of the web chat', () => {
  let web: Web;
  beforeAll(async () => {
    web = await startWeb();
  });
  afterAll(() => web.stop());

  const as = (name: string) => ({ 'x-relevo-visitor': secretOf(name) });
  const upload = (name: string, more: { file?: string; body?: Buffer; type?: string } = {}) =>
    web.server.inject({
      method: 'POST',
      url: `/api/chat/files?name=${encodeURIComponent(more.file ?? 'foto.png')}`,
      headers: { ...as(name), 'content-type': more.type ?? 'image/png' },
      payload: more.body ?? png,
    });
  const post = (name: string, payload: object) =>
    web.server.inject({ method: 'POST', url: '/api/chat/messages', headers: as(name), payload });
  const read = (name: string, id: string) =>
    web.server.inject({ url: `/api/chat/files/${id}`, headers: as(name) });
  const history = async (name: string) =>
    (await web.server.inject({ url: '/api/chat/messages', headers: as(name) })).json().messages;

  test('a photo is kept, posted with its words, shown and read again, by its sender alone', async () => {
    const answer = await upload('ana');
    expect(answer.statusCode).toBe(201);
    const { file } = answer.json();
    expect(file).toEqual({
      id: expect.stringMatching(/^[\da-f]{32}$/u),
      kind: 'image',
      name: 'foto.png',
      bytes: png.length,
      type: 'image/png',
    });
    expect((await read('ana', file.id)).statusCode).toBe(404);
    for (const duplicate of [false, true]) {
      const posted = await post('ana', { id: 'm1', file: file.id, text: 'así está' });
      expect([posted.statusCode, posted.json().duplicate]).toEqual([202, duplicate]);
    }
    expect(await history('ana')).toMatchObject([{ id: 'm1', from: 'customer', text: 'así está', file }]);
    const served = await read('ana', file.id);
    expect(served.rawPayload.equals(png)).toBe(true);
    expect(served.headers['content-type']).toBe('image/png');
    await post('ben', { id: 'm1', text: 'hola' });
    expect((await read('ben', file.id)).statusCode).toBe(404);
    expect((await post('ben', { id: 'm2', file: file.id })).json().code).toBe('no_such_media');
    expect((await web.server.inject(`/api/chat/files/${file.id}`)).statusCode).toBe(401);
  });

  test("an agent's file is the visitor's once it is sent, and not before", async () => {
    const { conversation } = (await post('eva', { id: 'm1', text: 'una persona' })).json();
    await web.handOver(conversation);
    const desk = (path: string, payload: object | Buffer) =>
      web.server.inject({
        method: 'POST',
        url: `/api/cases/${conversation}/${path}`,
        headers: { 'content-type': Buffer.isBuffer(payload) ? 'image/png' : 'application/json' },
        payload,
      });
    await desk('claim', {});
    const { file } = (await desk('files?name=plano.png', png)).json();
    expect((await read('eva', file.id)).statusCode).toBe(404);
    expect((await post('eva', { id: 'm2', file: file.id })).statusCode).toBe(404);
    expect((await desk('reply', { id: 'r1', files: [file.id] })).statusCode).toBe(200);
    expect((await history('eva')).at(-1)).toMatchObject({
      from: 'agent',
      text: '',
      file: { id: file.id, name: 'plano.png', type: 'image/png' },
    });
    expect((await read('eva', file.id)).statusCode).toBe(200);
    expect((await read('ana', file.id)).statusCode).toBe(404);
  });

  test('what a browser would run is only ever a download, whatever it is called', async () => {
    const name = '../../etc/<img src=x onerror=alert(1)>\r\nset-cookie: x=1.html';
    const { file } = (await upload('dan', { file: name, body: html, type: 'text/html' })).json();
    expect(file).toMatchObject({ kind: 'document', type: 'text/plain; charset=utf-8' });
    await post('dan', { id: 'm1', file: file.id });
    const served = await read('dan', file.id);
    expect(served.rawPayload.equals(html)).toBe(true);
    expect(served.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(served.headers['content-disposition']).toMatch(/^attachment;/u);
    expect(served.headers['content-disposition']).not.toMatch(/[\r\n/]/u);
    expect(served.headers['set-cookie']).toBeUndefined();
  });

  test('a claimed picture that is none is none', async () => {
    const { file } = (await upload('dan', { body: html })).json();
    expect(file).toMatchObject({ kind: 'document', type: 'text/plain; charset=utf-8' });
  });

  test.each([
    [{ id: 'x', file: 'f'.repeat(32) }, 404, 'no_such_media'],
    [{ id: 'x', file: '../../etc/passwd' }, 400, 'invalid_request'],
    [{ id: 'x', file: 'f'.repeat(32), option: 'helped' }, 400, 'invalid_request'],
    [{ id: 'x', text: 'x', option: 'helped' }, 400, 'invalid_request'],
    [{ id: 'x' }, 400, 'invalid_request'],
  ])('%j is refused', async (payload, status, code) => {
    const answer = await post('fay', payload);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  test('too large ones are refused before and while they come', async () => {
    const before = await upload('gil', { body: Buffer.alloc(25 * 1024 * 1024 + 1) });
    expect([before.statusCode, before.json().detail]).toEqual([413, 'The file is larger than 25 MB.']);
    const during = await upload('gil', { body: Buffer.alloc(1024 * 1024 + 1) });
    expect([during.statusCode, during.json().code]).toEqual([413, 'media_too_large']);
    for (const query of ['', '?name=', `?name=${'x'.repeat(201)}`]) {
      const url = `/api/chat/files${query}`;
      const headers = { ...as('gil'), 'content-type': 'image/png' };
      const answer = await web.server.inject({ method: 'POST', url, headers, payload: png });
      expect(answer.statusCode).toBe(400);
    }
  });

  test('agents alone have the files of cases, and nobody uploads from a foreign page', async () => {
    const calls = [
      ['GET', `/api/files/${'f'.repeat(32)}`],
      ['POST', '/api/cases/1/files?name=a'],
      ['POST', '/api/cases/1/messages/x/send-again'],
    ] as const;
    for (const [method, url] of calls) {
      const headers = { ...as('ana'), 'content-type': 'application/json' };
      const answer = await web.server.inject({
        method,
        url,
        headers,
        remoteAddress: '192.0.2.1',
        ...(method === 'POST' ? { payload: '{}' } : {}),
      });
      expect([url, answer.statusCode]).toEqual([url, 401]);
    }
    const session = await web.server.inject({ method: 'POST', url: '/api/chat/session', payload: {} });
    const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
    const foreign = await web.server.inject({
      method: 'POST',
      url: '/api/chat/files?name=a.png',
      headers: { 'content-type': 'image/png', 'sec-fetch-site': 'cross-site', cookie },
      payload: png,
    });
    expect([foreign.statusCode, foreign.json().code]).toEqual([403, 'foreign_origin']);
  });

  test('one that is broken off leaves nothing, and is no fault of ours', async () => {
    const heard = hearLog();
    const own = await startWeb({ deps: { log: heard.log } });
    const base = await own.server.listen({ host: '127.0.0.1', port: 0 });
    const stop = new AbortController();
    const body = new ReadableStream({
      start: (stream) => stream.enqueue(png),
      pull: () => new Promise<void>(() => setTimeout(() => stop.abort(), 50)),
    });
    const init = { method: 'POST', headers: as('ana'), body, duplex: 'half', signal: stop.signal };
    await expect(fetch(`${base}/api/chat/files?name=a.png`, init as RequestInit)).rejects.toThrow();
    await own.stop();
    expect(heard.messages(50)).toEqual([]);
  });

  test('10,000 guessed ids are nothing', async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 10_000; n += 1) {
      statuses.add((await read('ana', randomBytes(16).toString('hex'))).statusCode);
    }
    expect([...statuses]).toEqual([404]);
  }, 60_000);

  test('a visitor and a network may upload so much in ten minutes, and then again', async () => {
    const own = await startWeb();
    const send = (name: string, remoteAddress: string) =>
      own.server.inject({
        method: 'POST',
        url: '/api/chat/files?name=a.png',
        headers: { ...as(name), 'content-type': 'image/png' },
        payload: png,
        remoteAddress,
      });
    for (let n = 0; n < 30; n += 1) expect((await send('ana', '192.0.2.1')).statusCode).toBe(201);
    const refused = await send('ana', '192.0.2.2');
    expect([refused.statusCode, refused.json().code]).toEqual([429, 'too_many_files']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    for (let n = 0; n < 90; n += 1) expect((await send(`v${n}`, '192.0.2.1')).statusCode).toBe(201);
    expect((await send('new', '192.0.2.1')).statusCode).toBe(429);
    own.clock.move(10 * 60_000);
    expect((await send('ana', '192.0.2.1')).statusCode).toBe(201);
    await own.stop();
  });
});
