import { expect, test } from 'vitest';
import { outboxDriver, testChannel } from './outbox-driver.ts';
import { createVirtualTime } from './virtual-time.ts';

const start = 1_800_000_000_000;

test('a worker that was held up until its lease was over sends nothing more, and writes nothing', async () => {
  const time = createVirtualTime(start);
  const sent: string[] = [];
  const channel = testChannel({
    find: async () => 'absent',
    async send({ text }) {
      sent.push(text);
      return { externalId: `p-${text}` };
    },
  });
  let others = async (): Promise<void> => undefined;
  let heldUpMs = 0;
  // The worker holds the row and asks where the customer is: there it is stopped for three leases.
  const driver = outboxDriver(time, channel, {
    clock: { now: () => time.clock.now() + heldUpMs },
    stateOf: async (id) => {
      const snapshot = await driver.store.log.load(id);
      if (snapshot === null) throw new Error('no conversation');
      const next = others;
      others = async () => undefined;
      await next();
      return snapshot.state;
    },
  });
  const id = await driver.says('ana', 'uno', 'dos');
  others = async () => {
    heldUpMs = 180_000;
    await driver.delivery.deliver(id);
  };
  await driver.delivery.deliver(id);
  await time.run();
  expect(sent).toEqual(['uno', 'dos']);
  expect(await driver.store.outbox.rows(id)).toMatchObject([
    { state: 'done', externalId: 'p-uno' },
    { state: 'done', externalId: 'p-dos' },
  ]);
});

test('a worker that is told to stop finishes what it sends and gives back the rest at once', async () => {
  const time = createVirtualTime(start);
  const sent: string[] = [];
  const channel = testChannel({
    async send({ text }) {
      sent.push(text);
      if (sent.length === 1) driver.delivery.drain();
      return { externalId: `p-${text}` };
    },
  });
  const woken: number[] = [];
  const driver = outboxDriver(time, channel, { wakeAt: (_id, _seq, at) => woken.push(at) });
  const id = await driver.says('ana', 'uno', 'dos', 'tres');
  await driver.delivery.deliver(id);
  expect(sent).toEqual(['uno']);
  expect(woken).toEqual([start]);
  expect((await driver.store.outbox.rows(id)).map(({ state }) => state)).toEqual([
    'done',
    'pending',
    'pending',
  ]);
  // Another process need not wait for a lease to end.
  const others = await driver.store.outbox.lease(id, 'other', start, start + 60_000);
  expect(others.map(({ unknown, attempt }) => [unknown, attempt])).toEqual([
    [false, 1],
    [false, 1],
  ]);
});
