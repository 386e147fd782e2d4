import { describe, expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { createListening } from '../../src/channels/listening.ts';
import { RelevoError, SendError } from '../../src/core/errors.ts';
import type { Duties, Leader } from '../../src/core/leadership.ts';
import { hearLog } from '../log.ts';
import { testChannel } from '../outbox/outbox-driver.ts';
import { inletTo } from './inlet.ts';

/** Timers that a test fires by hand. */
function handTimers() {
  const timers: { run: () => void; delayMs: number; cancelled: boolean }[] = [];
  return {
    timers,
    later(run: () => void, delayMs: number) {
      const timer = { run, delayMs, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
  };
}

/** A channel that fails to start as often as there are faults. */
function failing(name: string, faults: unknown[]) {
  const seen = { starts: 0, stops: 0 };
  const channel: Channel = testChannel({
    name,
    title: name,
    send: async () => ({ externalId: '' }),
    async start() {
      seen.starts += 1;
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
    },
    async stop() {
      seen.stops += 1;
    },
  });
  return { channel, seen };
}

function listeningTo(channels: readonly Channel[]) {
  const heard = hearLog();
  const hand = handTimers();
  const inlet = inletTo(async () => ({ conversation: 'c', duplicate: false }));
  const listening = createListening({
    channels,
    inletOf: () => inlet,
    log: heard.log,
    later: hand.later,
  });
  return { ...heard, ...hand, listening };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('channels that listen', () => {
  test('one that is refused twice stops nobody, is logged once, and is tried until it listens', async () => {
    const away = () => new Error('the platform is away');
    const bad = failing('bad', [away(), away()]);
    const good = failing('good', []);
    const { listening, timers, messages } = listeningTo([bad.channel, good.channel]);
    await listening.start();
    expect(listening.states()).toEqual([
      {
        name: 'bad',
        title: 'bad',
        state: 'fault',
        fault: { code: 'failed', message: 'it could not be started' },
      },
      { name: 'good', title: 'good', state: 'on' },
    ]);
    timers[0]?.run();
    await settled();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([2_000, 4_000]);
    timers[1]?.run();
    await settled();
    expect(listening.states().map(({ state }) => state)).toEqual(['on', 'on']);
    expect([bad.seen.starts, bad.seen.stops, good.seen.starts]).toEqual([3, 2, 1]);
    expect(messages(50)).toEqual(['a channel could not be started: the others go on, and it is tried again']);
    expect(messages(30)).toEqual(['the channel listens again']);
    await listening.stop();
  });

  test.each([
    ['a wrong token', new RelevoError('auth_failed', 'no such token', { hint: 'Set another.' }), 600_000],
    ['a refusal for good', new SendError('slack_refused', 'no', { permanent: true }), 600_000],
    ['a busy platform', new SendError('rate_limited', 'later'), 2_000],
    ['a store that is away', new RelevoError('store_unreachable', 'away'), 2_000],
  ])('%s is tried again after its own time', async (_, fault, delayMs) => {
    const bad = failing('bad', [fault]);
    const { listening, timers } = listeningTo([bad.channel]);
    await listening.start();
    expect(timers.map((timer) => timer.delayMs)).toEqual([delayMs]);
    expect(listening.states()[0]?.fault).toMatchObject({ code: fault.code, message: fault.message });
    await listening.stop();
  });

  test('waits grow to two minutes and no further', async () => {
    const bad = failing(
      'bad',
      Array.from({ length: 9 }, () => new Error('away')),
    );
    const { listening, timers } = listeningTo([bad.channel]);
    await listening.start();
    for (let n = 0; n < 8; n += 1) {
      timers[n]?.run();
      await settled();
    }
    expect(timers.map(({ delayMs }) => delayMs / 1_000)).toEqual([2, 4, 8, 16, 32, 64, 120, 120, 120]);
    await listening.stop();
  });

  test('a stop ends the tries, also one that is under way', async () => {
    let open = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      open = resolve;
    });
    let stops = 0;
    const slow = testChannel({
      name: 'slow',
      send: async () => ({ externalId: '' }),
      start: () => begun,
      async stop() {
        stops += 1;
        open();
      },
    });
    const bad = failing('bad', [new Error('away')]);
    const { listening, timers } = listeningTo([slow, bad.channel]);
    const starting = listening.start();
    await settled();
    expect(listening.states().map(({ state }) => state)).toEqual(['starting', 'fault']);
    await listening.stop();
    await starting;
    expect(timers.map(({ cancelled }) => cancelled)).toEqual([true]);
    // What came up after the stop is put away as well.
    expect(stops).toBe(2);
  });
});

describe('a channel that one process alone may run', () => {
  /** A leader that a test makes lead. */
  function handLeader() {
    let leads = false;
    let duties: Duties | null = null;
    let stopped = false;
    return {
      get stopped() {
        return stopped;
      },
      leaderOf(_name: string, given: Duties): Leader {
        duties = given;
        return {
          leads: () => leads,
          start: async () => undefined,
          async stop() {
            stopped = true;
          },
        };
      },
      async turns(now: boolean) {
        leads = now;
        await (now ? duties?.begin() : duties?.end());
      },
    };
  }

  test('listens and sends only where it is led, and stops where that ends', async () => {
    const alone = failing('email', []);
    const shared = failing('webchat', []);
    const leader = handLeader();
    const inlet = inletTo(async () => ({ conversation: 'c', duplicate: false }));
    const listening = createListening({
      channels: [{ ...alone.channel, can: { ...alone.channel.can, oneProcess: true } }, shared.channel],
      inletOf: () => inlet,
      leaderOf: leader.leaderOf,
      log: hearLog().log,
    });
    const states = () => listening.states().map(({ state }) => state);
    await listening.start();
    expect([states(), listening.runs('email'), listening.runs('webchat')]).toEqual([
      ['elsewhere', 'on'],
      false,
      true,
    ]);
    await leader.turns(true);
    expect([states(), listening.runs('email')]).toEqual([['on', 'on'], true]);
    await leader.turns(false);
    expect([states(), listening.runs('email')]).toEqual([['elsewhere', 'on'], false]);
    await leader.turns(true);
    expect(alone.seen).toEqual({ starts: 2, stops: 1 });
    await listening.stop();
    expect([alone.seen.stops, shared.seen.stops, leader.stopped]).toEqual([2, 1, true]);
  });

  test('is never run where a process does no such work', async () => {
    const alone = failing('email', []);
    const inlet = inletTo(async () => ({ conversation: 'c', duplicate: false }));
    const listening = createListening({
      channels: [{ ...alone.channel, can: { ...alone.channel.can, oneProcess: true } }],
      inletOf: () => inlet,
      leaderOf: () => null,
      log: hearLog().log,
    });
    await listening.start();
    expect([listening.runs('email'), alone.seen.starts]).toEqual([false, 0]);
    await listening.stop();
  });
});
