import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWeb, type Web } from './web.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('files of cases', () => {
  let web: Web;
  let conversation: string;
  let number: number;
  beforeAll(async () => {
    web = await startWeb();
    ({ conversation } = await web.conversations.receive({
      key: 'test/1',
      externalId: '1',
      address: { channel: 'webchat', account: 'default', user: 'ana' },
      gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
    }));
    await web.handOver(conversation);
    number = (await web.log.load(conversation))?.state.number ?? 0;
    await web.server.inject({ method: 'POST', url: `/api/cases/${number}/claim`, payload: {} });
  });
  afterAll(() => web.stop());

  const upload = (name: string, body: Buffer = png, ref: string | number = number) =>
    web.server.inject({
      method: 'POST',
      url: `/api/cases/${ref}/files?name=${encodeURIComponent(name)}`,
      headers: { 'content-type': 'image/png' },
      payload: body,
    });
  const reply = (payload: object) =>
    web.server.inject({ method: 'POST', url: `/api/cases/${number}/reply`, payload });

  test('an upload becomes a message of its own after the words', async () => {
    const { file } = (await upload('ñandú "1".png')).json();
    expect(file).toMatchObject({ kind: 'image', name: 'ñandú "1".png', bytes: png.length, state: 'kept' });
    const answer = await reply({ id: 'r1', text: 'Mire esto:', files: [file.id] });
    expect(answer.statusCode).toBe(200);
    const { messages } = (await web.server.inject(`/api/cases/${number}`)).json();
    const mine = messages.filter(({ from }: { from: string }) => from === 'agent');
    expect(mine).toMatchObject([
      { text: 'Mire esto:' },
      { text: '', file: { id: file.id, type: 'image/png' } },
    ]);
    expect(new Set(mine.map(({ id }: { id: string }) => id)).size).toBe(2);
  });

  test('is served as a download that no browser runs', async () => {
    const { file } = (await upload('../../etc/passwd\r\nx: y')).json();
    const served = await web.server.inject(`/api/files/${file.id}`);
    expect(served.rawPayload.equals(png)).toBe(true);
    expect(served.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(served.headers['content-disposition']).toMatch(/^attachment; filename="?[^/\r\n]*"?/u);
    expect(served.headers.x).toBeUndefined();
  });

  test('a file of nobody, of another case, or too many are refused', async () => {
    const { file } = (await upload('a.png')).json();
    expect((await reply({ id: 'r2', files: ['f'.repeat(32)] })).statusCode).toBe(404);
    expect((await reply({ id: 'r3', files: ['../x'] })).statusCode).toBe(400);
    expect((await reply({ id: 'r4', files: Array(11).fill(file.id) })).statusCode).toBe(400);
    expect((await reply({ id: 'r5' })).statusCode).toBe(400);
    expect((await upload('a.png', png, 999_999)).statusCode).toBe(404);
    expect((await web.server.inject(`/api/files/${'f'.repeat(32)}`)).statusCode).toBe(404);
    const other = await web.conversations.receive({
      key: 'test/2',
      externalId: '2',
      address: { channel: 'webchat', account: 'default', user: 'ben' },
      gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
    });
    await web.handOver(other.conversation);
    const otherNumber = (await web.log.load(other.conversation))?.state.number ?? 0;
    const foreign = (await upload('b.png', png, otherNumber)).json().file;
    expect((await reply({ id: 'r6', files: [foreign.id] })).statusCode).toBe(404);
  });

  test('a message that has not failed is not sent again', async () => {
    const again = await web.server.inject({
      method: 'POST',
      url: `/api/cases/${number}/messages/${conversation}.2.0/send-again`,
      payload: {},
    });
    expect([again.statusCode, again.json().code]).toEqual([409, 'not_failed']);
  });
});

describe('the platforms’ calls', () => {
  test('reach their channel byte for byte, with its answer going back', async () => {
    const seen: { url: string; body: Buffer; header: string | null }[] = [];
    const web = await startWeb({
      deps: {
        channel: (name) =>
          name === 'test'
            ? {
                async webhook(request) {
                  const body = Buffer.from(await request.arrayBuffer());
                  seen.push({ url: request.url, body, header: request.headers.get('x-sign') });
                  return new Response(request.method === 'GET' ? 'challenge' : null, {
                    status: request.method === 'GET' ? 200 : 204,
                    headers: { 'x-answer': '1' },
                  });
                },
              }
            : undefined,
      },
      settings: { publicUrl: 'https://support.example.com' },
    });
    const raw = Buffer.from('{"a": "\\u00e9\xff" }', 'latin1');
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
      const answer = await web.server.inject({
        method: 'POST',
        url: '/hooks/test?x=1',
        headers: { 'content-type': type, 'x-sign': 'abc' },
        payload: raw,
      });
      expect(answer.statusCode).toBe(204);
      expect(answer.headers['x-answer']).toBe('1');
    }
    expect(seen.map(({ body }) => body.equals(raw))).toEqual([true, true, true]);
    expect(seen[0]).toMatchObject({ url: 'https://support.example.com/hooks/test?x=1', header: 'abc' });
    expect((await web.server.inject('/hooks/test?hub.challenge=1')).body).toBe('challenge');
    expect((await web.server.inject({ method: 'POST', url: '/hooks/none', payload: {} })).statusCode).toBe(
      404,
    );
    const huge = await web.server.inject({
      method: 'POST',
      url: '/hooks/test',
      payload: Buffer.alloc(5_000_000),
    });
    expect(huge.statusCode).toBe(413);
    await web.stop();
  });
});
