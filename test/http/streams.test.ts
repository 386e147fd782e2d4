import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWebChat } from '../../src/channels/webchat/index.ts';
import { addressOf } from '../../src/channels/webchat/parse.ts';
import { addressKey } from '../../src/core/message.ts';
import type { ServerSettings } from '../../src/http/server.ts';
import { noState } from '../channels/no-state.ts';
import { createGate } from '../gate.ts';
import { openStream, type StreamClient } from './sse.ts';
import { secretOf, startWeb, type Web } from './web.ts';

let web: Web;
let base: string;
const ana = { 'x-relevo-visitor': secretOf('ana') };
const ben = { 'x-relevo-visitor': secretOf('ben') };
const clients: StreamClient[] = [];

async function start(settings: Partial<ServerSettings> = {}, hintsAreLost = false): Promise<void> {
  web = await startWeb({ settings, hintsAreLost });
  base = await web.server.listen({ host: '127.0.0.1', port: 0 });
}

beforeEach(() => start());
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await web.stop();
});

async function open(path: string, headers: Record<string, string> = ana): Promise<StreamClient> {
  const client = await openStream(`${base}${path}`, headers);
  clients.push(client);
  return client;
}

async function post(id: string, text: string, headers: Record<string, string> = ana): Promise<string> {
  const answer = await fetch(`${base}/api/chat/messages`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ id, text }),
  });
  const { conversation } = (await answer.json()) as { conversation: string };
  return conversation;
}

describe("a visitor's stream", () => {
  test('brings messages as they come, with status and typing', async () => {
    const stream = await open('/api/chat/stream');
    expect(stream.status).toBe(200);
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    expect(stream.headers.get('content-security-policy')).toContain("default-src 'self'");

    const conversation = await post('m-1', 'hola');
    expect(await stream.next('message')).toEqual({
      event: 'message',
      id: '1.1',
      data: { id: 'm-1', from: 'customer', text: 'hola', at: '2026-01-05T12:00:00.000Z' },
    });
    expect((await stream.next('status')).data).toEqual({ stage: 'bot', number: 1 });

    web.signals.publish(`typing/${addressKey(addressOf(secretOf('ana')))}`);
    expect((await stream.next('typing')).data).toEqual({ from: 'bot' });
    await web.botSays(conversation, 'uno', 'dos');
    expect((await stream.next('message')).data).toMatchObject({ from: 'bot', text: 'uno' });
    expect((await stream.next('message')).data).toMatchObject({ from: 'bot', text: 'dos' });

    await post('m-2', 'una persona');
    await web.handOver(conversation);
    expect((await stream.next('status')).data).toEqual({ stage: 'queued', number: 1, tier: 1 });
    const agent = { id: 'a', name: 'Eva' };
    await web.conversations.handle(conversation, { type: 'claim', agent }, { kind: 'agent', agent });
    expect((await stream.next('status')).data).toEqual({
      stage: 'claimed',
      number: 1,
      tier: 1,
      agent: 'Eva',
    });
    web.signals.publish(`agent-typing/${addressKey(addressOf(secretOf('ana')))}`);
    expect((await stream.next('typing')).data).toEqual({ from: 'agent' });
  });

  test('never brings what is not for this visitor', async () => {
    const stream = await open('/api/chat/stream');
    const secret = await post('b-1', 'secreto de Ben', ben);
    const conversation = await post('m-1', 'de Ana');
    await web.handOver(conversation);
    const agent = { id: 'a', name: 'Eva' };
    await web.conversations.handle(
      conversation,
      { type: 'note', agent, text: 'nota interna' },
      { kind: 'agent', agent },
    );
    await post('m-2', 'fin');
    while ((await stream.next('message')).id !== '1.4');
    expect(stream.text()).not.toContain('Ben');
    expect(stream.text()).not.toContain(secret);
    expect(stream.text()).not.toContain('nota interna');
  });

  test("shows another address's conversation once it is joined to it, tells of its news, and no more once parted", async () => {
    const home = { channel: 'test', account: 'a', user: 'ana elsewhere' };
    const { conversation } = await web.conversations.receive({
      key: 'test/elsewhere',
      externalId: '1',
      address: home,
      gesture: { kind: 'message', content: { kind: 'text', text: 'desde el correo' } },
    });
    const mine = addressOf(secretOf('ana'));
    await post('m-0', 'desde la página');
    const stream = await open('/api/chat/stream');
    expect((await stream.next('message')).data).toMatchObject({ text: 'desde la página' });

    await web.people.join({ address: mine, to: home, at: 1, by: 'Eva' });
    expect((await stream.next('message')).data).toMatchObject({ text: 'desde el correo' });
    await web.botSays(conversation, 'primero');
    expect((await stream.next('message')).data).toMatchObject({ text: 'primero' });

    await web.people.part(mine);
    await web.botSays(conversation, 'no es para Ana');
    web.signals.publish(`agent-typing/${addressKey(home)}`);
    await post('m-1', 'otra vez sola');
    expect((await stream.next('message')).data).toMatchObject({ text: 'desde la página' });
    expect((await stream.next('message')).data).toMatchObject({ text: 'otra vez sola' });
    expect(stream.text()).not.toContain('no es para Ana');
    expect(stream.text()).not.toContain('"from":"agent"');
  });

  test('goes on after any event without loss or repeat', async () => {
    const conversation = await post('m-1', 'a');
    await web.botSays(conversation, 'b', 'c', 'd');
    await post('m-2', 'e');
    const words = async (stream: StreamClient, count: number) => {
      const texts: unknown[] = [];
      const ids: string[] = [];
      while (texts.length < count) {
        const { data, id } = await stream.next('message');
        texts.push((data as { text: string }).text);
        ids.push(id ?? '');
      }
      return { texts, ids };
    };
    const all = await words(await open('/api/chat/stream'), 5);
    expect(all.texts).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const [index, id] of all.ids.slice(0, -1).entries()) {
      const rest = all.texts.slice(index + 1);
      const byHeader = await open('/api/chat/stream?after=0.0', { ...ana, 'last-event-id': id });
      expect((await words(byHeader, rest.length)).texts).toEqual(rest);
      const byQuery = await open(`/api/chat/stream?after=${id}`);
      expect((await words(byQuery, rest.length)).texts).toEqual(rest);
    }
  });

  test('delivers a burst in order and once', async () => {
    const stream = await open('/api/chat/stream');
    const sent = Array.from({ length: 60 }, (_, index) => `m-${index}`);
    for (const id of sent) await post(id, id);
    const got: unknown[] = [];
    while (got.length < sent.length) got.push(((await stream.next('message')).data as { id: string }).id);
    expect(got).toEqual(sent);
  });

  test('reads on when there is more than one page', async () => {
    const address = addressOf(secretOf('ana'));
    for (let n = 0; n < 450; n += 1) {
      const message = { key: `k-${n}`, externalId: `m-${n}`, address };
      await web.conversations.receive({
        ...message,
        gesture: { kind: 'message', content: { kind: 'text', text: 'x' } },
      });
    }
    const stream = await open('/api/chat/stream?after=0.0');
    for (let n = 0; n < 450; n += 1) expect((await stream.next('message')).id).toBe(`1.${n + 1}`);
  });

  test('is forgotten when its client left before it began', async () => {
    const gate = createGate();
    let asked = (): void => undefined;
    const reading = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const chat = createWebChat({
      log: {
        newest: async () => null,
        history: async () => [],
        recent: async () => {
          asked();
          await gate.opened;
          return [];
        },
      },
      signals: web.signals,
      files: web.chatFiles,
      ownerOf: async (address) => address,
      stateOf: noState,
    });
    const other = await startWeb({ deps: { chat } });
    const at = await other.server.listen({ host: '127.0.0.1', port: 0 });
    const leaving = new AbortController();
    const left = fetch(`${at}/api/chat/stream`, { headers: ana, signal: leaving.signal }).catch(() => 'left');
    await reading;
    leaving.abort();
    expect(await left).toBe('left');
    await new Promise((resolve) => setTimeout(resolve, 50));
    gate.open();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const metrics = await other.server.inject({ method: 'GET', url: '/metrics' });
    expect(metrics.body).toContain('relevo_http_streams 0');
    await other.stop();
  });

  test('refuses a wrong cursor before it begins', async () => {
    const stream = await open('/api/chat/stream?after=wrong');
    expect(stream.status).toBe(400);
    expect(stream.headers.get('content-type')).toContain('application/problem+json');
    expect((await open('/api/chat/stream', {})).status).toBe(401);
  });

  test('shows that it is alive, and ends on stop', async () => {
    await web.stop();
    await start({ streams: { heartbeatMs: 20 } });
    const stream = await open('/api/chat/stream');
    await expect.poll(() => stream.text()).toMatch(/(: alive\n\n.*){2}/s);
    await web.server.stop(1_000);
    await stream.ended;
  });

  test('finds news whose hint was lost', async () => {
    await web.stop();
    await start({ streams: { lookMs: 20 } }, true);
    const stream = await open('/api/chat/stream');
    await post('m-1', 'sin aviso');
    expect((await stream.next('message')).data).toMatchObject({ text: 'sin aviso' });
  });

  test('that nobody reads is dropped', async () => {
    await web.stop();
    await start({ streams: { heartbeatMs: 20, lookMs: 20, stalledMs: 200 } });
    const { port } = new URL(base);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `GET /api/chat/stream HTTP/1.1\r\nHost: localhost\r\nX-Relevo-Visitor: ${secretOf('ana')}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    const conversation = await post('m-0', 'x');
    for (let turn = 0; turn < 60; turn += 1) {
      await post(`m-${turn + 1}`, 'x');
      await web.botSays(conversation, ...Array.from({ length: 20 }, () => '🦜'.repeat(10_000)));
    }
    await expect
      .poll(async () => (await fetch(`${base}/metrics`)).text(), { timeout: 10_000 })
      .toContain('relevo_http_streams 0');
    socket.resume();
    await closed;
  });
});

describe("the desk's stream", () => {
  test('tells of cases, not of what is between a customer and the bot', async () => {
    const stream = await open('/api/desk/stream', {});
    expect(stream.status).toBe(200);
    await post('b', 'solo el bot', ben);
    const id = await post('m-1', 'hola');
    await web.handOver(id);
    const changed = { id, number: 2, version: 2, stage: 'queued', questions: 0 };
    expect((await stream.next('case')).data).toEqual(changed);
    await fetch(`${base}/api/chat/typing`, { method: 'POST', headers: ana });
    expect((await stream.next('typing')).data).toEqual({ id });
    web.signals.publish('agent/user-1');
    expect((await stream.next('agent')).data).toEqual({ id: 'user-1' });
    await web.server.stop(1_000);
    await stream.ended;
  });

  test('ends when whoever watches may no longer', async () => {
    await web.stop();
    await start({ streams: { checkMs: 20 } });
    const stream = await open('/api/desk/stream', {});
    await web.accounts.addUser({
      id: 'u',
      email: 'a@b.c',
      name: 'A',
      role: 'agent',
      passwordHash: '',
      disabled: false,
    });
    await stream.ended;
    expect((await open('/api/desk/stream', {})).status).toBe(401);
  });
});
