import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveStream, type LiveStreamDeps, type StreamEvent } from '../../console/live/live-stream.ts';

type Callbacks = Parameters<LiveStreamDeps['open']>[0];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function scene(prepare: () => Promise<void> = async () => undefined) {
  const connections: (Callbacks & { closed: boolean })[] = [];
  const states: string[] = [];
  const events: StreamEvent[] = [];
  const stream = createLiveStream({
    random: () => 0,
    prepare,
    open(on) {
      const connection = { ...on, closed: false };
      connections.push(connection);
      return {
        close() {
          connection.closed = true;
        },
      };
    },
    onState: (state) => void states.push(state),
    onEvent: (event) => void events.push(event),
  });
  return { stream, connections, states, events };
}

const hello: StreamEvent = { name: 'message', data: {}, id: '1' };

test('connects again by itself, later and later, and soon again after it worked', async () => {
  const { stream, connections, states } = scene();
  await vi.advanceTimersByTimeAsync(0);
  connections[0]?.opened();
  connections[0]?.failed();
  await vi.advanceTimersByTimeAsync(999);
  expect(connections).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(connections).toHaveLength(2);
  connections[1]?.failed();
  await vi.advanceTimersByTimeAsync(1999);
  expect(connections).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  connections[2]?.opened();
  connections[2]?.failed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(connections).toHaveLength(4);
  expect(states).toEqual(['connecting', 'open', 'lost', 'lost', 'open', 'lost']);
  stream.stop();
});

test('a preparation that fails counts as a failed connection', async () => {
  let fails = true;
  const { stream, connections, states } = scene(async () => {
    if (fails) throw new Error('away');
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(states).toEqual(['connecting', 'lost']);
  fails = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(connections).toHaveLength(1);
  stream.stop();
});

test('an abandoned connection is closed and has no say any more', async () => {
  const { stream, connections, states, events } = scene();
  await vi.advanceTimersByTimeAsync(0);
  stream.wake();
  await vi.advanceTimersByTimeAsync(0);
  connections[0]?.event(hello);
  connections[0]?.failed();
  connections[1]?.opened();
  connections[1]?.event(hello);
  expect(connections[0]?.closed).toBe(true);
  expect(states).toEqual(['connecting', 'open']);
  expect(events).toEqual([hello]);
  stream.stop();
  connections[1]?.event(hello);
  expect(connections[1]?.closed).toBe(true);
  expect(events).toHaveLength(1);
});
