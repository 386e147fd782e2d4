import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SendError } from '../../../src/core/errors.ts';
import type { Address } from '../../../src/core/message.ts';
import { createPace } from '../../../src/outbox/pace.ts';
import { inletTo } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { channelAt } from './channel.ts';
import { type FakeWhatsApp, startFakeWhatsApp } from './fake-whatsapp.ts';

const start = Date.UTC(2026, 10, 20, 12);
let now = start;
let fake: FakeWhatsApp;
let channel: ReturnType<typeof channelAt>['channel'];
let customers: Map<string, Address>;

beforeEach(async () => {
  now = start;
  fake = await startFakeWhatsApp({ now: () => now, statuses: [] });
  customers = new Map();
  ({ channel } = channelAt(fake));
  await channel.start(
    inletTo(async ({ address, customerName = '' }) => {
      customers.set(customerName, address);
      return { conversation: 'c', duplicate: false };
    }),
  );
});

afterEach(async () => {
  await channel.stop();
  await fake.stop();
});

/** Sends so many messages to so many customers as fast as the pace lets. @returns the refusals */
async function sendAll(count: number, people: number): Promise<SendError[]> {
  for (let person = 0; person < people; person += 1) await fake.customerWrites(`p-${person}`, 'hola');
  now += 2_000;
  const pace = createPace();
  const refusals: SendError[] = [];
  for (let index = 0; index < count; ) {
    const to = customers.get(`p-${index % people}`);
    if (to === undefined) throw new Error('nobody');
    const name = `c.${index}.0`;
    now = Math.max(now, Math.ceil(pace.place(name, to, channel.limits, now)));
    try {
      await channel.send(outboundTo(to, { name }));
      index += 1;
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      refusals.push(error);
      pace.quiet(to, error.scope, now + (error.retryAfterMs ?? 0));
    }
  }
  return refusals;
}

describe("the platform's limits", () => {
  test('are never met, and nearly used up: 600 messages to 60 customers', async () => {
    expect(await sendAll(600, 60)).toEqual([]);
    const seconds = (now - start - 2_000) / 1_000;
    expect(600 / seconds / 80).toBeGreaterThan(0.9);
  });

  test('are never met towards one customer: 60 messages', async () => {
    expect(await sendAll(60, 1)).toEqual([]);
    // 45 at once, and 15 at one every 6 seconds.
    expect((now - start - 2_000) / 6_000).toBeCloseTo(15, 0);
  });

  test('Retry-After is never broken, with one send in five refused', async () => {
    fake.setFailures(0.2, 3);
    const refusals = await sendAll(200, 20);
    expect(refusals.length).toBeGreaterThan(40);
    expect(fake.early).toEqual([]);
    expect(fake.log).toHaveLength(200);
  });
});
