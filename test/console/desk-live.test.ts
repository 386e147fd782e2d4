import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeskLive } from '../../console/desk/desk-live.ts';
import type { LiveStreamDeps } from '../../console/live/live-stream.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function begin() {
  let stream: Pick<LiveStreamDeps, 'onEvent' | 'onState'> | undefined;
  const onChange = vi.fn();
  const onAgent = vi.fn();
  const live = createDeskLive({
    open: () => () => ({ close: () => undefined }),
    createLiveStream(deps) {
      stream = deps;
      return { wake: () => undefined, stop: () => undefined };
    },
    onChange,
    onAgent,
    onLost: () => undefined,
    random: () => 0.5,
  });
  const hear = (name: string, data: unknown) => stream?.onEvent({ name, data, id: '' });
  const turn = (state: 'connecting' | 'open' | 'lost') => stream?.onState(state);
  return { live, hear, turn, onChange, onAgent };
}

test('who wrote is no longer writing: as soon as their case changed, or after a while', () => {
  const { live, hear, onChange, onAgent } = begin();
  const told = vi.fn();
  live.subscribe(told);
  hear('typing', { id: 'a' });
  hear('typing', { id: 'b' });
  expect([live.typing('a'), live.typing('b')]).toEqual([true, true]);
  told.mockClear();

  hear('case', { id: 'a', number: 1001 });
  expect([live.typing('a'), live.typing('b')]).toEqual([false, true]);
  expect(onChange).toHaveBeenCalledWith(1001);
  expect(told).toHaveBeenCalledOnce();

  vi.advanceTimersByTime(6000);
  expect(live.typing('b')).toBe(false);
  expect(told).toHaveBeenCalledTimes(2);

  hear('agent', { id: 'ana' });
  expect(onAgent).toHaveBeenCalledOnce();
  live.stop();
});

test('whenever it is open, also for the first time, everything is read anew, and who is available too', () => {
  const { live, turn, onChange, onAgent } = begin();
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
