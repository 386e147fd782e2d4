import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchHeartbeats } from '../../src/store/mongo/heartbeats.ts';

describe("the driver's looks at its servers", () => {
  let client: EventEmitter;
  let stuck: number;
  let stop: () => void;
  const says = (what: string, server: string) =>
    client.emit(`server${what}`, { connectionId: server, address: server });

  beforeEach(() => {
    vi.useFakeTimers();
    client = new EventEmitter();
    stuck = 0;
    stop = watchHeartbeats(client, 10_000, () => {
      stuck += 1;
    });
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  test('may succeed or fail, each in its time', () => {
    for (const end of ['HeartbeatSucceeded', 'HeartbeatFailed']) {
      says('HeartbeatStarted', 'a');
      vi.advanceTimersByTime(10_000);
      says(end, 'a');
      vi.advanceTimersByTime(20_000);
    }
    expect(stuck).toBe(0);
  });

  test('one that never ends is found, once, although another server is looked at', () => {
    says('HeartbeatStarted', 'a');
    for (let second = 0; second < 30; second += 1) {
      says('HeartbeatStarted', 'b');
      vi.advanceTimersByTime(1_000);
      says('HeartbeatSucceeded', 'b');
      if (second < 10) expect(stuck).toBe(0);
    }
    expect(stuck).toBe(1);
    expect(client.eventNames()).toEqual([]);
  });

  test('a server that is no longer one of them is not waited for', () => {
    says('HeartbeatStarted', 'a');
    says('Closed', 'a');
    vi.advanceTimersByTime(60_000);
    expect(stuck).toBe(0);
  });

  test('time in which the thread was held up does not count', () => {
    says('HeartbeatStarted', 'a');
    vi.setSystemTime(Date.now() + 60_000);
    vi.advanceTimersByTime(1_000);
    expect(stuck).toBe(0);
  });
});
