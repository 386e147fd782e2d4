import { describe, expect, test } from 'vitest';
import type { SendLimits } from '../../src/channels/channel.ts';
import { SendError } from '../../src/core/errors.ts';
import { createPace } from '../../src/outbox/pace.ts';
import { createRandom } from '../../src/simulation/random.ts';
import { outboxDriver, testChannel } from './outbox-driver.ts';
import { createVirtualTime } from './virtual-time.ts';

const start = 1_800_000_000_000;

/** As a platform counts: so many in any second, so many to one chat. */
const limits: SendLimits = {
  account: { calls: 30, perMs: 1_000, burst: 1 },
  user: { calls: 1, perMs: 1_000, burst: 3 },
};

describe('the pace of sends', () => {
  test('5,000 sends, a fifth of them told to wait: none too early, nearly as fast as allowed', async () => {
    const time = createVirtualTime(start);
    const random = createRandom(7);
    const accepted: { user: string; at: number; text: string }[] = [];
    const quietUntil = new Map<string, number>();
    const calls: number[] = [];
    let early = 0;
    let breaches = 0;
    const channel = testChannel({
      limits,
      async send({ to, text }) {
        const at = time.clock.now();
        if (at < (quietUntil.get(to.user) ?? 0)) early += 1;
        if (calls.filter((one) => one > at - 999).length >= 30) breaches += 1;
        calls.push(at);
        if (random.chance(0.05)) throw new SendError('busy', 'not now');
        if (random.chance(0.2)) {
          const waitMs = random.int(1, 4) * 1_000;
          quietUntil.set(to.user, at + waitMs);
          throw new SendError('rate_limited', 'slow down', { retryAfterMs: waitMs });
        }
        accepted.push({ user: to.user, at, text });
        return { externalId: `${accepted.length}` };
      },
    });
    const driver = outboxDriver(time, channel);
    const texts = Array.from({ length: 25 }, (_, n) => `${n}`);
    for (let user = 0; user < 200; user += 1) {
      const id = await driver.says(`u${user}`, ...texts);
      time.after(0, () => driver.delivery.deliver(id));
    }
    await time.run();

    expect(accepted).toHaveLength(5_000);
    expect(early).toBe(0);
    expect(breaches).toBe(0);
    for (let user = 0; user < 200; user += 1) {
      const mine = accepted.filter((one) => one.user === `u${user}`).map(({ text }) => text);
      expect(mine).toEqual(texts);
    }
    const seconds = ((accepted.at(-1)?.at ?? 0) - start) / 1_000;
    // A refused call takes its place too.
    expect(calls.length / seconds).toBeGreaterThan(0.9 * 30);
  });

  test('who is told to wait keeps nobody else waiting, unless it is the whole account', async () => {
    for (const scope of ['user', 'account'] as const) {
      const time = createVirtualTime(start);
      const accepted = new Map<string, number>();
      let refused = false;
      const channel = testChannel({
        limits,
        async send({ to }) {
          if (to.user === 'ana' && !refused) {
            refused = true;
            throw new SendError('rate_limited', 'slow down', { retryAfterMs: 30_000, scope });
          }
          accepted.set(to.user, time.clock.now() - start);
          return { externalId: 'p' };
        },
      });
      const driver = outboxDriver(time, channel);
      for (const user of ['ana', 'ben']) {
        const id = await driver.says(user, 'hola');
        time.after(user === 'ana' ? 0 : 1_000, () => driver.delivery.deliver(id));
      }
      await time.run();
      expect(accepted.get('ana')).toBeGreaterThanOrEqual(30_000);
      if (scope === 'user') expect(accepted.get('ben')).toBeLessThan(2_000);
      else expect(accepted.get('ben')).toBeGreaterThanOrEqual(30_000);
    }
  });
});

test('a place is a whole millisecond, as stores keep moments, however odd the rate', () => {
  const pace = createPace();
  const to = { channel: 'test', account: 'a', user: 'ana' };
  const odd = { calls: 30, perMs: 1_000, burst: 1 };
  const places = [1, 2, 3, 4].map((n) => pace.place(`p${n}`, to, { account: odd, user: odd }, start));
  expect(places).toEqual([start, start + 34, start + 68, start + 102]);
});
