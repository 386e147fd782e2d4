import { describe, expect, test } from 'vitest';
import { SendError } from '../../src/core/errors.ts';
import { inParts, outboxDriver, testChannel } from './outbox-driver.ts';
import { createVirtualTime } from './virtual-time.ts';

const start = 1_800_000_000_000;

describe('a message of several calls', () => {
  test('goes on where it broke off, and says nothing twice', async () => {
    const time = createVirtualTime(start);
    const sent: string[] = [];
    let refuse = true;
    const channel = testChannel({
      parts: (message) => inParts(message, 3),
      async send({ name }) {
        if (name.endsWith('#2') && refuse) {
          refuse = false;
          throw new SendError('busy', 'come back later');
        }
        sent.push(name);
        return { externalId: `p-${name}` };
      },
    });
    const driver = outboxDriver(time, channel);
    const id = await driver.says('ana', 'a long text');
    await driver.delivery.deliver(id);
    await time.run();
    expect(sent).toEqual([`${id}.2.0`, `${id}.2.0#2`, `${id}.2.0#3`]);
    expect(await driver.store.outbox.rows(id)).toMatchObject([
      { state: 'done', externalId: `p-${id}.2.0#3`, attempts: 2 },
    ]);
  });
});

describe('a send nobody knows the outcome of', () => {
  const afterCrash = async (
    change: Parameters<typeof outboxDriver>[2],
    find?: () => Promise<{ externalId: string } | 'absent' | 'unknown'>,
  ) => {
    const time = createVirtualTime(start);
    const sent: { name: string; at: number }[] = [];
    const channel = testChannel({
      ...(find === undefined ? {} : { find }),
      async send({ name }) {
        sent.push({ name, at: time.clock.now() });
        return { externalId: 'p' };
      },
    });
    const driver = outboxDriver(time, channel, change);
    const id = await driver.says('ana', 'uno', 'dos');
    await driver.dies(id);
    time.after(1_000, () => driver.delivery.deliver(id));
    await time.run();
    return { sent, rows: await driver.store.outbox.rows(id), id };
  };

  test('is not sent again when the platform has it', async () => {
    const { sent, rows, id } = await afterCrash({}, async () => ({ externalId: 'found' }));
    expect(sent.map(({ name }) => name)).toEqual([`${id}.2.1`]);
    expect(rows).toMatchObject([{ state: 'done', externalId: 'found' }, { state: 'done' }]);
  });

  test('is sent again when the platform surely does not', async () => {
    const { sent } = await afterCrash({}, async () => 'absent');
    expect(sent).toHaveLength(2);
  });

  test('is asked for again for a while, and what comes after it waits its turn', async () => {
    let asked = 0;
    const find = async () => {
      asked += 1;
      return asked < 4 ? ('unknown' as const) : { externalId: 'found' };
    };
    const { sent, rows } = await afterCrash({}, find);
    expect(rows).toMatchObject([{ state: 'done', externalId: 'found' }, { state: 'done' }]);
    expect(sent[0]?.at).toBeGreaterThanOrEqual(start + 45_000);
  });

  test('is held and shown where nobody can be asked, and nothing behind it is', async () => {
    const { sent, rows, id } = await afterCrash({ unknownPolicy: () => 'hold' });
    expect(sent.map(({ name }) => name)).toEqual([`${id}.2.1`]);
    expect(rows[0]).toMatchObject({ state: 'failed', error: expect.stringContaining('unknown_outcome') });
    expect(rows[1]).toMatchObject({ state: 'done', error: null });
  });

  test('is sent again where that is the rule, and it is written on it', async () => {
    const { sent, rows } = await afterCrash({ unknownPolicy: () => 'resend' });
    expect(sent).toHaveLength(2);
    expect(rows[0]).toMatchObject({ state: 'done', error: expect.stringContaining('twice') });
  });

  test.each([
    ['the platform wants a pause first', [new SendError('429', 'slower', { retryAfterMs: 5_000 })]],
    ['the platform refuses it at first', [new SendError('busy', 'try later')]],
    [
      'both happen',
      [new SendError('429', 'slower', { retryAfterMs: 5_000 }), new SendError('busy', 'later')],
    ],
  ])('is written on what is sent again also where %s', async (_what, refusals) => {
    const time = createVirtualTime(start);
    const left = [...refusals];
    let sent = 0;
    const channel = testChannel({
      async send() {
        const refusal = left.shift();
        if (refusal !== undefined) throw refusal;
        sent += 1;
        return { externalId: 'p' };
      },
    });
    const driver = outboxDriver(time, channel, { unknownPolicy: () => 'resend' });
    const id = await driver.says('ana', 'uno');
    await driver.dies(id);
    time.after(1_000, () => driver.delivery.deliver(id));
    await time.run();
    expect(sent).toBe(1);
    expect(await driver.store.outbox.rows(id)).toMatchObject([
      { state: 'done', error: expect.stringContaining('twice') },
    ]);
  });

  test('is written on what is sent again also where it has to wait its turn', async () => {
    const time = createVirtualTime(start);
    const pace = {
      place: () => (time.clock.now() < start + 9_000 ? start + 9_000 : 0),
      used: () => undefined,
      quiet: () => undefined,
    };
    const channel = testChannel({ send: async () => ({ externalId: 'p' }) });
    const driver = outboxDriver(time, channel, { unknownPolicy: () => 'resend', pace });
    const id = await driver.says('ana', 'uno');
    await driver.dies(id);
    time.after(1_000, () => driver.delivery.deliver(id));
    await time.run();
    expect(await driver.store.outbox.rows(id)).toMatchObject([
      { state: 'done', error: expect.stringContaining('twice') },
    ]);
  });

  test('a connection that breaks leaves it unknown; a refusal does not', async () => {
    for (const [error, expected] of [
      [new Error('socket hang up'), 'failed'],
      [new SendError('timeout', 'no answer', { unknown: true }), 'failed'],
      [new SendError('busy', 'try later'), 'done'],
    ] as const) {
      const time = createVirtualTime(start);
      let calls = 0;
      const channel = testChannel({
        async send() {
          calls += 1;
          if (calls === 1) throw error;
          return { externalId: 'p' };
        },
      });
      const driver = outboxDriver(time, channel);
      const id = await driver.says('ana', 'uno');
      await driver.delivery.deliver(id);
      await time.run();
      expect((await driver.store.outbox.rows(id))[0]?.state).toBe(expected);
    }
  });
});
