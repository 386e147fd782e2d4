import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eachOf, shuffled } from './crowd.ts';
import { createMovableClock, type StormApp, startStormApp } from './storm-app.ts';
import {
  type Delivery,
  type StormWorld,
  slackStorm,
  telegramStorm,
  webchatStorm,
  whatsAppStorm,
} from './storms.ts';

const customers = Array.from({ length: 8 }, (_, n) => `customer${n}`);
const minuteMs = 60_000;

/** Each five times, shuffled, eight at once. @returns the answers' statuses */
async function storm(deliveries: readonly Delivery[], seed: number): Promise<Set<number>> {
  const five = [1, 2, 3, 4, 5].flatMap(() => deliveries);
  const statuses = new Set<number>();
  const tasks = shuffled(five, seed).map((deliver) => async () => {
    statuses.add(await deliver());
  });
  await eachOf(tasks, 8);
  return statuses;
}

describe.each([
  ['telegram', telegramStorm],
  ['whatsapp-cloud', whatsAppStorm],
  ['slack', slackStorm],
  ['webchat', webchatStorm],
] as const)('a storm of redeliveries on %s', (name, open) => {
  const clock = createMovableClock();
  let world: StormWorld;
  let it: StormApp;
  beforeAll(async () => {
    world = await open(clock);
    it = await startStormApp(world.variables, { clock });
    world.connect(it.url);
  }, 120_000);
  afterAll(async () => {
    await it?.stop();
    await world?.stop();
  }, 60_000);

  const allWell = (statuses: Set<number>) =>
    expect([...statuses].filter((status) => status !== 200 && status !== 202)).toEqual([]);

  test('stores each event once, at once and until a day later, and answers no echo', async () => {
    const messages = await world.messages(customers);
    expect(messages).toHaveLength(customers.length * 2);
    allWell(await storm(messages, 1));
    expect(await it.totals()).toMatchObject({
      stored: messages.length,
      conversations: customers.length,
      aside: 0,
    });
    await it.settled();
    const gestures = await world.gestures(customers);
    allWell(await storm([...messages, ...gestures], 2));
    await it.settled();
    const before = await it.totals();
    expect(before).toMatchObject({
      stored: messages.length + gestures.length,
      conversations: customers.length,
      aside: 0,
    });
    expect(before.words).toBeGreaterThanOrEqual(customers.length);
    const sent = world.sent();
    expect(sent === 0).toBe(name === 'webchat');

    const echoes = world.echoes();
    expect(echoes).toHaveLength(sent);
    for (const [index, laterMs] of [minuteMs, 5 * minuteMs, 24 * 60 * minuteMs].entries()) {
      clock.move(laterMs);
      allWell(await storm([...messages, ...gestures, ...echoes], 3 + index));
      await it.settled();
    }
    expect(await it.totals()).toEqual(before);
    expect(world.sent()).toBe(sent);
    const keys = await it.count('select count(distinct key) from relevo.commits where starts_with(key, $1)', [
      `${name}/`,
    ]);
    expect(keys).toBe(messages.length + gestures.length);
  }, 300_000);
});
