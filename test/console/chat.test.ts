import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createChat } from '../../console/chat/chat.ts';
import { ApiError } from '../../console/live/api-error.ts';
import { createLiveStream, type LiveStreamDeps } from '../../console/live/live-stream.ts';
import type { Message } from '../../console/live/message.ts';
import type { Request } from '../../console/live/request.ts';
import { createSendQueue, type Shelf } from '../../console/live/send-queue.ts';
import { createUploads } from '../../console/live/uploads.ts';
import { memoryShelf } from './shelf.ts';

const at = '2026-03-01T10:00:00.000Z';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that stores messages once by id and tells them on one stream, as the real one does. */
function scene(shelf: Shelf = memoryShelf(), stored: Message[] = []) {
  const server = {
    stored,
    away: false,
    accepted: [] as string[],
    sent: [] as object[],
    asked: [] as string[],
    cursorKnown: true,
  };
  let stream: Parameters<LiveStreamDeps['open']>[0] | undefined;
  let ids = 0;

  const answers: Record<string, (body: object, after: string | null) => unknown> = {
    'POST /api/chat/session': () => ({}),
    'POST /api/chat/typing': () => undefined,
    'GET /api/chat/messages': (_body, after) => {
      if (after !== null && !server.cursorKnown) throw new ApiError('invalid_cursor', 400, 'Not a cursor.');
      return { messages: stored.slice(Number(after ?? 0)), cursor: String(stored.length) };
    },
    'POST /api/chat/messages': (body) => {
      const { id, text = 'the label' } = body as { id: string; text?: string };
      server.accepted.push(id);
      server.sent.push(body);
      if (!stored.some((message) => message.id === id)) stored.push({ id, from: 'customer', text, at });
      return { conversation: 'c', duplicate: false };
    },
  };
  const request: Request = async <T>(method: string, address: string, body: object = {}) => {
    const url = new URL(address, 'http://relevo.test');
    server.asked.push(`${method} ${address}`);
    if (server.away) throw new ApiError('store_unreachable', 503, 'The database does not answer.');
    return answers[`${method} ${url.pathname}`]?.(body, url.searchParams.get('after')) as T;
  };
  const chat = createChat({
    request,
    shelf,
    createSendQueue,
    createLiveStream,
    createUploads,
    upload: async (_path, file) => ({ id: `file of ${file.name}`, kind: 'image', name: file.name }),
    open: () => (on) => {
      stream = on;
      on.opened();
      return { close: () => undefined };
    },
    newId: () => `id-${++ids}`,
    now: Date.now,
    random: () => 0,
    language: () => 'es',
  });
  /** What the server has stored goes out on the stream. */
  const tell = (message: Message) => {
    if (!stored.includes(message)) stored.push(message);
    stream?.event({ name: 'message', data: message, id: String(stored.indexOf(message) + 1) });
  };
  const event = (name: string, data: unknown) => stream?.event({ name, data, id: '' });
  const shown = () => chat.state().messages.map(({ text, delivery }) => `${text}: ${delivery ?? '-'}`);
  return { chat, server, shown, tell, event, lose: () => stream?.failed() };
}

const answer: Message = { id: 'm1', from: 'bot', text: 'Restart it.', at };
const settle = () => vi.advanceTimersByTimeAsync(0);

test('a message goes from the clock to one tick to two, and is shown once', async () => {
  const { chat, server, shown, tell } = scene();
  await settle();
  chat.say('No internet', 'es');
  expect(shown()).toEqual(['No internet: sending']);
  await settle();
  expect(shown()).toEqual(['No internet: stored']);
  const [copy] = server.stored;
  if (copy !== undefined) tell(copy);
  expect(shown()).toEqual(['No internet: stored']);
  tell(answer);
  expect(shown()).toEqual(['No internet: answered', 'Restart it.: -']);
  chat.stop();
});

test('its copy may come before the answer to the POST, and twice', async () => {
  const { chat, shown, tell } = scene();
  await settle();
  chat.say('No internet', 'es');
  tell({ id: 'id-1', from: 'customer', text: 'No internet', at });
  tell({ id: 'id-1', from: 'customer', text: 'No internet', at });
  await settle();
  expect(shown()).toEqual(['No internet: stored']);
  chat.stop();
});

test('while the database is away it says so, keeps what is written over a reload, and sends it once', async () => {
  const shelf = memoryShelf();
  const first = scene(shelf);
  await settle();
  first.server.away = true;
  first.chat.say('One', 'es');
  first.chat.say('Two', 'es');
  await settle();
  expect(first.chat.state().connection).toBe('lost');
  expect(first.shown()).toEqual(['One: sending', 'Two: sending']);
  first.chat.stop();

  const second = scene(shelf);
  expect(second.shown()).toEqual(['One: sending', 'Two: sending']);
  await settle();
  expect(second.server.accepted).toEqual(['id-1', 'id-2']);
  expect(second.server.stored.map(({ text }) => text)).toEqual(['One', 'Two']);
  expect(second.shown()).toEqual(['One: stored', 'Two: stored']);
  second.chat.stop();
});

test('after a lost connection it reads what came meanwhile', async () => {
  const { chat, server, shown, lose, tell } = scene(memoryShelf(), [answer]);
  await settle();
  expect(chat.state().loaded).toBe(true);
  lose();
  expect(chat.state().connection).toBe('lost');
  server.stored.push({ id: 'm2', from: 'agent', author: 'Ana', text: 'Hello', at });
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.asked).toContain('GET /api/chat/messages?after=1');
  expect(shown()).toEqual(['Restart it.: -', 'Hello: -']);
  expect(chat.state().connection).toBe('open');
  tell({ id: 'm2', from: 'agent', author: 'Ana', text: 'Hello', at });
  expect(shown()).toHaveLength(2);
  chat.stop();
});

test('a cursor that the server no longer understands starts over', async () => {
  const { chat, server, shown, lose } = scene(memoryShelf(), [answer]);
  await settle();
  server.cursorKnown = false;
  lose();
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown()).toEqual(['Restart it.: -']);
  expect(chat.state().connection).toBe('open');
  chat.stop();
});

test('shows who is writing until the words come or it was long ago', async () => {
  const { chat, event, tell } = scene();
  await settle();
  event('typing', { from: 'agent' });
  expect(chat.state().typing).toBe('agent');
  await vi.advanceTimersByTimeAsync(8000);
  expect(chat.state().typing).toBeNull();
  event('typing', { from: 'bot' });
  tell(answer);
  expect(chat.state().typing).toBeNull();
  event('status', { stage: 'queued', number: 7 });
  expect(chat.state().status).toEqual({ stage: 'queued', number: 7 });
  chat.stop();
});

test('words go with the first file, and each other file is a message of its own', async () => {
  const { chat, server } = scene();
  await settle();
  chat.uploads.add([new File(['1'], 'a.png'), new File(['2'], 'b.png')]);
  await settle();
  chat.say('This one', 'es');
  await settle();
  expect(server.sent).toEqual([
    { id: expect.any(String), text: 'This one', file: 'file of a.png', language: 'es' },
    { id: expect.any(String), file: 'file of b.png', language: 'es' },
  ]);
  expect(chat.state().messages.map(({ text, file }) => [text, file?.name])).toEqual([
    ['This one', 'a.png'],
    ['', 'b.png'],
  ]);
  expect(chat.uploads.items()).toEqual([]);
  chat.stop();
});
