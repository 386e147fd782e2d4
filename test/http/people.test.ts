import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../src/channels/webchat/parse.ts';
import { addressKey } from '../../src/core/message.ts';
import { startWeb, type Web } from './web.ts';

let web: Web;
const numbers: number[] = [];
beforeAll(async () => {
  web = await startWeb();
  for (const user of ['ana', 'ana on another channel']) {
    const { conversation } = await web.conversations.receive({
      key: `test/${user}`,
      externalId: '1',
      address: { channel: 'test', account: 'a', user },
      gesture: { kind: 'message', content: { kind: 'text', text: 'hola' } },
    });
    await web.handOver(conversation);
    numbers.push((await web.log.load(conversation))?.state.number ?? 0);
  }
});
afterAll(() => web.stop());

test('an agent makes one customer of two, sees it in the case, and undoes it', async () => {
  const [mine = 0, theirs = 0] = numbers;
  const post = (url: string, payload: object) => web.server.inject({ method: 'POST', url, payload });
  const join = (other: string) => post(`/api/cases/${mine}/people`, { case: other });
  expect((await join(`${theirs}`)).statusCode).toBe(204);
  expect((await join(`${theirs}`)).json().code).toBe('same_person');
  expect((await join('999999')).statusCode).toBe(404);
  expect((await join('../x')).statusCode).toBe(400);

  const shown = (await web.server.inject(`/api/cases/${mine}`)).json();
  const key = addressKey({ channel: 'test', account: 'a', user: 'ana on another channel' });
  expect(shown.people).toMatchObject([{ key, channel: 'test' }]);
  expect(shown.messages.at(-1)).toMatchObject({ event: { type: 'joined', channel: 'test' } });

  const part = (which: string) => post(`/api/cases/${mine}/people/part`, { key: which });
  expect((await part('test/a/nobody')).statusCode).toBe(404);
  expect((await part(key)).statusCode).toBe(204);
  expect((await part(key)).statusCode).toBe(404);
  const after = (await web.server.inject(`/api/cases/${mine}`)).json();
  expect(after.people).toEqual([]);
  expect(after.messages.at(-1)).toMatchObject({ event: { type: 'parted' } });
});

test('a visitor who is joined to another channel sees that conversation, also from a place beyond its end', async () => {
  const secret = 'v'.repeat(43);
  const headers = { 'x-relevo-visitor': secret };
  const say = (id: string, text: string) =>
    web.server.inject({ method: 'POST', url: '/api/chat/messages', headers, payload: { id, text } });
  for (let n = 0; n < 6; n += 1) await say(`m${n}`, `mensaje ${n}`);
  const before = (await web.server.inject({ url: '/api/chat/messages', headers })).json();
  const { conversation } = await web.conversations.receive({
    key: 'test/elsewhere',
    externalId: '1',
    address: { channel: 'test', account: 'a', user: 'elsewhere' },
    gesture: { kind: 'message', content: { kind: 'text', text: 'desde WhatsApp' } },
  });
  await web.handOver(conversation);
  const snapshot = await web.log.load(conversation);
  const visitor = await web.log.newest(addressOf(secret));
  await web.handOver(visitor?.state.id ?? '');
  const join = await web.server.inject({
    method: 'POST',
    url: `/api/cases/${snapshot?.state.number}/people`,
    payload: { case: visitor?.state.id },
  });
  expect(join.statusCode).toBe(204);
  for (const url of ['/api/chat/messages', `/api/chat/messages?after=${before.cursor}`]) {
    const { messages } = (await web.server.inject({ url, headers })).json();
    expect(messages.map(({ text }: { text: string }) => text)).toContain('desde WhatsApp');
  }
});
