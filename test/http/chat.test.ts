import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWebChat } from '../../src/channels/webchat/index.ts';
import { RelevoError } from '../../src/core/errors.ts';
import { inletTo } from '../channels/inlet.ts';
import { noState } from '../channels/no-state.ts';
import { secretOf, startWeb, type Web } from './web.ts';

let web: Web;
beforeEach(async () => {
  web = await startWeb();
});
afterEach(() => web.stop());

const ana = { 'x-relevo-visitor': secretOf('ana') };
const ben = { 'x-relevo-visitor': secretOf('ben') };

function post(payload: object, headers: Record<string, string> = ana) {
  return web.server.inject({ method: 'POST', url: '/api/chat/messages', headers, payload });
}

async function history(after?: string, headers: Record<string, string> = ana) {
  const url = `/api/chat/messages${after === undefined ? '' : `?after=${after}`}`;
  const answer = await web.server.inject({ method: 'GET', url, headers });
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

describe('a message', () => {
  test('is stored once, however often it is sent', async () => {
    const first = await post({ id: 'm-1', text: 'no me funciona el internet' });
    expect(first.statusCode).toBe(202);
    const { conversation } = first.json();
    expect(first.json()).toEqual({ conversation: expect.stringMatching(/^[\da-f]{32}$/), duplicate: false });

    const again = await post({ id: 'm-1', text: 'no me funciona el internet' });
    expect(again.statusCode).toBe(202);
    expect(again.json()).toEqual({ conversation, duplicate: true });

    const { messages } = await history();
    expect(messages).toEqual([
      { id: 'm-1', from: 'customer', text: 'no me funciona el internet', at: '2026-01-05T12:00:00.000Z' },
    ]);
  });

  test('is read by its own visitor only', async () => {
    await post({ id: 'same', text: 'de Ana' });
    await post({ id: 'same', text: 'de Ben' }, ben);
    expect((await history()).messages.map(({ text }: { text: string }) => text)).toEqual(['de Ana']);
    expect((await history(undefined, ben)).messages.map(({ text }: { text: string }) => text)).toEqual([
      'de Ben',
    ]);
    expect(await history(undefined, { 'x-relevo-visitor': secretOf('cy') })).toEqual({
      messages: [],
      cursor: '0.0',
    });
  });

  test('keeps the secret out of the store', async () => {
    const { conversation } = (await post({ id: 'm-1', text: 'hola' })).json();
    const stored = JSON.stringify([
      await web.log.load(conversation),
      await web.log.commits(conversation, 0, 10),
    ]);
    expect(stored).not.toContain(secretOf('ana'));
  });

  test.each([
    [{ text: 'no id' }, 'id'],
    [{ id: 'a b', text: 'x' }, 'id'],
    [{ id: 'x'.repeat(65), text: 'x' }, 'id'],
    [{ id: 'm', text: '' }, 'text'],
    [{ id: 'm', text: ' \u200b\n'.replace('\u200b', '') }, 'text'],
    [{ id: 'm', text: 'x'.repeat(10_001) }, 'text'],
    [{ id: 'm', text: 7 }, 'text'],
    [{ id: 'm', option: 'x'.repeat(65) }, 'option'],
    [{ id: 'm', text: 'a', name: 'n'.repeat(101) }, 'name'],
    [{ id: 'm', text: 'a', language: 'fr' }, 'language'],
    [{ id: 'm' }, ''],
    [{ id: 'm', text: 'a', option: 'b' }, ''],
    [[], ''],
  ])('that is wrong is refused with the field named: %j', async (body, path) => {
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'invalid_request', status: 400, errors: [{ path }] });
    expect((await history()).messages).toEqual([]);
  });

  test('may have 10,000 characters of any width', async () => {
    expect((await post({ id: 'm', text: '😀'.repeat(10_000) })).statusCode).toBe(202);
  });

  test('needs a visitor', async () => {
    const missing = await post({ id: 'm', text: 'x' }, {});
    expect([missing.statusCode, missing.json().code]).toEqual([401, 'visitor_missing']);
    const short = await post({ id: 'm', text: 'x' }, { 'x-relevo-visitor': 'short' });
    expect([short.statusCode, short.json().code]).toEqual([400, 'visitor_invalid']);
  });

  test('is not acknowledged while the database is away', async () => {
    const broken = createWebChat({
      log: web.log,
      signals: web.signals,
      files: web.chatFiles,
      ownerOf: async (address) => address,
      stateOf: noState,
    });
    await broken.start(
      inletTo(async () => {
        throw new RelevoError('store_unreachable', 'connection to 10.1.2.3 refused');
      }),
    );
    const other = await startWeb({ deps: { chat: broken } });
    const answer = await other.server.inject({
      method: 'POST',
      url: '/api/chat/messages',
      headers: ana,
      payload: { id: 'm', text: 'x' },
    });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json()).toMatchObject({ code: 'store_unreachable' });
    expect(answer.body).not.toContain('10.1.2.3');
    await other.stop();
  });
});

describe('the history', () => {
  test('shows the label of a pressed option', async () => {
    const { conversation } = (await post({ id: 'm-1', text: 'el wifi' })).json();
    await web.botSays(conversation, 'Reinicia el router.');
    await post({ id: 'm-2', option: 'helped' });
    await post({ id: 'm-3', option: 'never-offered' });
    const { messages } = await history();
    expect(messages.slice(1)).toEqual([
      {
        id: `${conversation}.2.0`,
        from: 'bot',
        text: 'Reinicia el router.',
        options: [{ id: 'helped', label: 'Me sirvió' }],
        sources: [{ article: 'wifi', title: 'El wifi' }],
        at: '2026-01-05T12:00:00.000Z',
      },
      { id: 'm-2', from: 'customer', text: 'Me sirvió', at: '2026-01-05T12:00:00.000Z' },
      { id: 'm-3', from: 'customer', text: 'never-offered', at: '2026-01-05T12:00:00.000Z' },
    ]);
  });

  test('goes on after its cursor', async () => {
    const { conversation } = (await post({ id: 'm-1', text: 'uno' })).json();
    const { cursor } = await history();
    expect((await history(cursor)).messages).toEqual([]);
    await web.botSays(conversation, 'a', 'b');
    const next = await history(cursor);
    expect(next.messages.map(({ text }: { text: string }) => text)).toEqual(['a', 'b']);
    expect((await history(next.cursor)).messages).toEqual([]);
  });

  test.each(['x', '1', '1.2.3.4', '-1.0', '1.99999999999', '1.0.1', '%00', "1.1'--"])(
    'refuses the cursor %s',
    async (after) => {
      const url = `/api/chat/messages?after=${after}`;
      const answer = await web.server.inject({ method: 'GET', url, headers: ana });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_cursor']);
    },
  );
});

describe("the page's cookie", () => {
  test('is given once and read by nobody else', async () => {
    const first = await web.server.inject({ method: 'POST', url: '/api/chat/session', payload: {} });
    expect([first.statusCode, first.json()]).toEqual([200, {}]);
    const [given] = first.cookies;
    expect(given).toMatchObject({
      name: '__Host-relevo-visitor',
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
    });
    const cookies = { '__Host-relevo-visitor': given?.value ?? '' };
    const again = await web.server.inject({ method: 'POST', url: '/api/chat/session', cookies });
    expect([again.statusCode, again.cookies]).toEqual([200, []]);

    const own = { 'sec-fetch-site': 'same-origin' };
    const send = (headers: Record<string, string>) =>
      web.server.inject({
        method: 'POST',
        url: '/api/chat/messages',
        cookies,
        headers,
        payload: { id: 'm', text: 'hola' },
      });
    expect((await send(own)).statusCode).toBe(202);
    for (const foreign of [{}, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const answer = await send(foreign);
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'foreign_origin']);
    }
    const read = await web.server.inject({ method: 'GET', url: '/api/chat/messages', cookies });
    expect(read.json().messages).toHaveLength(1);
  });

  test('is not given to another site', async () => {
    const answer = await web.server.inject({
      method: 'POST',
      url: '/api/chat/session',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect([answer.statusCode, answer.cookies]).toEqual([403, []]);
  });

  test('does without the prefix on plain http from elsewhere', async () => {
    const headers = { host: 'support.lan' };
    const answer = await web.server.inject({ method: 'POST', url: '/api/chat/session', headers });
    expect(answer.cookies[0]).toMatchObject({ name: 'relevo-visitor', httpOnly: true, sameSite: 'Strict' });
    expect(answer.cookies[0]?.secure).toBeUndefined();
  });
});

test('that the customer is writing is told to whoever answers', async () => {
  const quiet = await web.server.inject({ method: 'POST', url: '/api/chat/typing', headers: ana });
  expect(quiet.statusCode).toBe(204);
  const { conversation } = (await post({ id: 'm', text: 'x' })).json();
  await web.server.inject({ method: 'POST', url: '/api/chat/typing', headers: ana, payload: {} });
  expect(web.signals.published.filter((topic) => topic.startsWith('customer-typing/'))).toEqual([
    `customer-typing/${conversation}`,
  ]);
});
