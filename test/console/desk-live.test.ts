import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeskLive } from '../../console/desk/desk-live.ts';
import type { LiveStreamDeps } from '../../console/live/live-stream.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('who wrote is no longer writing: as soon as their case changed, or after a while', () => {
  let hear: LiveStreamDeps['onEvent'] = () => undefined;
  const onChange = vi.fn();
  const onAgent = vi.fn();
  const live = createDeskLive({
    open: () => () => ({ close: () => undefined }),
    createLiveStream(deps) {
      hear = deps.onEvent;
      return { wake: () => undefined, stop: () => undefined };
    },
    onChange,
    onAgent,
    onLost: () => undefined,
    random: () => 0.5,
  });
  const told = vi.fn();
  live.subscribe(told);
  hear({ name: 'typing', data: { id: 'a' }, id: '' });
  hear({ name: 'typing', data: { id: 'b' }, id: '' });
  expect([live.typing('a'), live.typing('b')]).toEqual([true, true]);
  told.mockClear();

  hear({ name: 'case', data: { id: 'a', number: 1001 }, id: '' });
  expect([live.typing('a'), live.typing('b')]).toEqual([false, true]);
  expect(onChange).toHaveBeenCalledWith(1001);
  expect(told).toHaveBeenCalledOnce();

  vi.advanceTimersByTime(6000);
  expect(live.typing('b')).toBe(false);
  expect(told).toHaveBeenCalledTimes(2);

  hear({ name: 'agent', data: { id: 'ana' }, id: '' });
  expect(onAgent).toHaveBeenCalledOnce();
  live.stop();
});

test('whenever it is open, also for the first time, everything is read anew, and who is available too', () => {
  let turn: LiveStreamDeps['onState'] = () => undefined;
  const onChange = vi.fn();
  const onAgent = vi.fn();
  const live = createDeskLive({
    open: () => () => ({ close: () => undefined }),
    createLiveStream(deps) {
      turn = deps.onState;
      return { wake: () => undefined, stop: () => undefined };
    },
    onChange,
    onAgent,
    onLost: () => undefined,
    random: () => 0.5,
  });
  turn('connecting');
  expect(onChange).not.toHaveBeenCalled();
  turn('open');
  expect(onChange.mock.calls).toEqual([[null]]);
  expect(onAgent).toHaveBeenCalledOnce();
  turn('lost');
  turn('open');
  expect(onChange).toHaveBeenCalledTimes(2);
  expect(onAgent).toHaveBeenCalledTimes(2);
  live.stop();
});
