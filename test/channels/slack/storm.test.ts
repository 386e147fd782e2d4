import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outboundTo } from '../outbound.ts';
import { talk, words } from './talk.ts';

let it: Awaited<ReturnType<typeof talk>>;
beforeEach(async () => {
  it = await talk();
});
afterEach(() => it.stop());

/** So many at once, in the order given. */
async function eachOf(tasks: readonly (() => Promise<unknown>)[], atOnce: number): Promise<void> {
  const left = [...tasks].reverse();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await next();
    }),
  );
}

test('a storm of redeliveries stores everything once', async () => {
  const payloads: object[] = [];
  for (let index = 0; index < 40; index += 1) {
    const user = `u${index % 8}`;
    const text = index % 3 === 0 ? '<@U0RELEVO1> hola' : 'hola';
    const where = index % 3 === 0 ? { channel: 'C1' } : {};
    const posted =
      index % 5 === 0
        ? await it.fake.customerSendsPhoto(user, Buffer.from('png'), { ...where, text })
        : await it.fake.customerWrites(user, text, where);
    payloads.push(posted.payload);
  }
  const once = it.heard.length;
  expect(once).toBe(40 + 8);
  // Ours are sent back as well.
  const echo = {
    type: 'message',
    channel: 'DU1',
    channel_type: 'im',
    user: 'U0RELEVO1',
    bot_id: 'B0RELEVO1',
  };
  payloads.push(it.fake.eventOf({ ...echo, ts: it.fake.state.nextTs(), text: 'soy yo' }));

  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const storm = payloads
    .flatMap((payload) => [0, 1, 2, 3, 3].map((retry) => ({ payload, retry, at: random() })))
    .sort((a, b) => a.at - b.at);
  await eachOf(
    storm.map(
      ({ payload, retry }) =>
        () =>
          it.fake.deliver(payload, { retry }),
    ),
    8,
  );
  expect(it.heard).toHaveLength(once);
  expect(new Set(it.heard.map(({ key }) => key)).size).toBe(once);
});

test('what one customer writes at once is stored in the order of its arrival', async () => {
  let left = 20;
  it.setDelay(() => {
    left -= 1;
    return left;
  });
  const texts = Array.from({ length: 20 }, (_, index) => `${index}`);
  await Promise.all(texts.map((text) => it.fake.customerWrites('uana', text)));
  expect(it.heard.map(words)).toEqual(texts);
});

describe('a store that is away', () => {
  test('acknowledges nothing; afterwards all is there, once', async () => {
    await it.fake.customerWrites('uana', 'uno');
    it.setStoreAway(true);
    await expect(it.fake.customerWrites('uana', 'dos')).rejects.toThrow('HTTP 500');
    it.setStoreAway(false);
    await it.fake.customerWrites('uana', 'tres');
    // Slack gave up on the second one: its history has it, though a later one is stored.
    await it.channel.stop();
    await it.channel.start(it.inlet);
    await expect.poll(() => it.heard.map(words)).toEqual(['uno', 'tres', 'dos']);
  });
});

describe('after twenty minutes', () => {
  let now = 0;
  let later: Awaited<ReturnType<typeof talk>>;
  beforeEach(async () => {
    now = Date.UTC(2026, 10, 21);
    later = await talk({ now: () => now });
  });
  afterEach(() => later.stop());
  const restart = async () => {
    await later.channel.stop();
    await later.channel.start(later.inlet);
  };

  test('a message that could not be stored is still asked for, whatever came after it', async () => {
    await later.fake.customerWrites('uana', 'uno');
    later.setStoreAway(true);
    await expect(later.fake.customerWrites('uana', 'dos')).rejects.toThrow('HTTP 500');
    later.setStoreAway(false);
    now += 20 * 60_000;
    await later.fake.customerWrites('uana', 'tres');
    await restart();
    await expect.poll(() => later.heard.map(words)).toEqual(['uno', 'tres', 'dos']);
  });

  test('so is one that came to nobody shortly before the newest one', async () => {
    await later.fake.customerWrites('uana', 'uno');
    later.fake.setDelivering(false);
    now += 20 * 60_000;
    await later.fake.customerWrites('uana', 'dos');
    later.fake.setDelivering(true);
    now += 5 * 60_000;
    await later.fake.customerWrites('uana', 'tres');
    await restart();
    await expect.poll(() => later.heard.map(words)).toEqual(['uno', 'tres', 'dos']);
  });

  test('and a restart a thread is still ours', async () => {
    const { ts } = await later.fake.customerWrites('uana', '<@U0RELEVO1> hola', { channel: 'C1' });
    now += 20 * 60_000;
    await later.fake.customerWrites('uben', 'otra cosa');
    await restart();
    await later.fake.customerWrites('uana', 'sigo aquí', { channel: 'C1', threadTs: ts });
    expect(later.heard.map(words)).toEqual(['hola', 'otra cosa', 'sigo aquí']);
  });
});

describe('a message that may have gone out', () => {
  const direct = { channel: 'slack', account: 'T00000001', user: 'DUANA' };

  test('is found by its name, among many, in direct messages and threads', async () => {
    await it.fake.customerWrites('uana', 'hola');
    const { ts } = await it.fake.customerWrites('uana', '<@U0RELEVO1> hola', { channel: 'C1' });
    for (const to of [direct, { ...direct, user: `C1:${ts}` }]) {
      const part = outboundTo(to, { name: 'x.7.0', answers: { externalId: ts, at: Date.now() } });
      expect(await it.channel.find?.(part)).toBe('absent');
      const sent = await it.channel.send(part);
      await it.channel.send({ ...part, name: 'x.7.0#2' });
      expect(await it.channel.find?.(part)).toEqual(sent);
    }
  });

  test('is not found in what a customer pretends', async () => {
    await it.fake.customerWrites('uana', 'hola');
    const metadata = { event_type: 'relevo_message', event_payload: { name: 'c.1.0' } };
    const forged = {
      type: 'message',
      ts: it.fake.state.nextTs(),
      user: 'uana',
      text: 'x',
      metadata,
    } as const;
    it.fake.state.channels.get('DUANA')?.messages.push(forged);
    expect(await it.channel.find?.(outboundTo(direct))).toBe('absent');
  });

  test('is unknown while Slack cannot say, absent where there is no such channel', async () => {
    it.fake.setFailures({ rate429: 1 });
    expect(await it.channel.find?.(outboundTo(direct))).toBe('unknown');
    it.fake.setFailures({ rate429: 0 });
    expect(await it.channel.find?.(outboundTo({ ...direct, user: 'D404' }))).toBe('absent');
  });
});

test('too fast for Slack is told with its wait; within the limits it never complains', async () => {
  const limited = await talk({ enforceLimits: true });
  try {
    await limited.fake.customerWrites('uana', 'hola');
    const to = { channel: 'slack', account: 'T00000001', user: 'DUANA' };
    const sends = Array.from({ length: limited.channel.limits.user.burst + 1 }, (_, index) =>
      limited.channel.send(outboundTo(to, { name: `c.1.${index}` })),
    );
    const outcomes = await Promise.allSettled(sends);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => [reason.code, reason.retryAfterMs])).toEqual([
      ['rate_limited', 1_000],
    ]);
  } finally {
    await limited.stop();
  }
});
