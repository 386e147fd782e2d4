import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../console/live/api-error.ts';
import { createSendQueue, type SendQueue, type Shelf } from '../../console/live/send-queue.ts';
import { memoryShelf } from './shelf.ts';

const away = () => new ApiError('store_unreachable', 503, 'The database does not answer.');
const refused = () => new ApiError('invalid_request', 400, 'Not like this.');

let queues: SendQueue<string>[] = [];
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const queue of queues) queue.stop();
  queues = [];
  vi.useRealTimers();
});

function open(shelf: Shelf, send: (id: string, body: string) => Promise<void>): SendQueue<string> {
  const queue = createSendQueue({ name: 'test', shelf, send, now: Date.now, random: () => 0 });
  queues.push(queue);
  return queue;
}

const states = (queue: SendQueue<string>) => queue.items().map(({ id, state }) => `${id} ${state}`);
const settle = () => vi.advanceTimersByTimeAsync(0);

test('sends in order, each once, and knows what is stored', async () => {
  const sent: string[] = [];
  const queue = open(memoryShelf(), async (id, body) => void sent.push(`${id} ${body}`));
  queue.add('a', 'one');
  queue.add('b', 'two');
  await settle();
  expect(sent).toEqual(['a one', 'b two']);
  expect(states(queue)).toEqual(['a stored', 'b stored']);
});

test('while the server is away nothing overtakes: the same id is tried until it is accepted', async () => {
  const tried: string[] = [];
  let isAway = true;
  const queue = open(memoryShelf(), async (id) => {
    tried.push(id);
    if (isAway) throw away();
  });
  queue.add('a', 'one');
  queue.add('b', 'two');
  await vi.advanceTimersByTimeAsync(2500);
  expect(tried).toEqual(['a', 'a']);
  expect(states(queue)).toEqual(['a sending', 'b sending']);
  isAway = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(tried).toEqual(['a', 'a', 'a', 'b']);
  expect(states(queue)).toEqual(['a stored', 'b stored']);
});

test('waits as long as the server asked, and not at all when woken', async () => {
  const tried: number[] = [];
  const queue = open(memoryShelf(), async () => {
    tried.push(Date.now());
    if (tried.length < 3) throw new ApiError('too_many', 429, 'Slower.', { retryAfterMs: 10_000 });
  });
  const begun = Date.now();
  queue.add('a', 'one');
  await vi.advanceTimersByTimeAsync(10_000);
  queue.wake();
  await settle();
  expect(tried.map((at) => at - begun)).toEqual([0, 10_000, 10_000]);
});

test('a reload loses nothing and keeps the order and the ids', async () => {
  const shelf = memoryShelf();
  const before = open(shelf, async () => {
    throw away();
  });
  before.add('b', 'one');
  await vi.advanceTimersByTimeAsync(10);
  before.add('a', 'two');
  await settle();
  before.stop();

  const sent: string[] = [];
  const after = open(shelf, async (id, body) => void sent.push(`${id} ${body}`));
  await settle();
  expect(sent).toEqual(['b one', 'a two']);
  expect(states(after)).toEqual(['b stored', 'a stored']);
  expect(shelf.keys()).toEqual([]);
});

test('one that is refused lets the next pass, can be tried again and can be taken back', async () => {
  let accepts = false;
  const shelf = memoryShelf();
  const queue = open(shelf, async (id) => {
    if (id === 'bad' && !accepts) throw refused();
  });
  queue.add('bad', 'one');
  queue.add('good', 'two');
  await settle();
  expect(states(queue)).toEqual(['bad refused', 'good stored']);
  expect(queue.items()[0]?.fault?.code).toBe('invalid_request');

  accepts = true;
  queue.retry('bad');
  await settle();
  expect(states(queue)).toEqual(['bad stored', 'good stored']);
  queue.drop('bad');
  expect(states(queue)).toEqual(['good stored']);
});

test('what is not its own or half-written is left alone or thrown away', async () => {
  const shelf = memoryShelf();
  shelf.setItem('relevo.theme', 'dark');
  shelf.setItem('relevo.unsent.other.x', '{"id":"x","at":1,"body":"theirs"}');
  shelf.setItem('relevo.unsent.test.y', '{"id":"y","at"');
  const queue = open(shelf, async () => undefined);
  await settle();
  expect(queue.items()).toEqual([]);
  expect(shelf.keys()).toEqual(['relevo.theme', 'relevo.unsent.other.x']);
});
