import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MailWorld, noMailWorld } from './email/mail-world.ts';
import { createMovableClock, type StormApp, startStormApp } from './storm-app.ts';

const missing = await noMailWorld();
const minuteMs = 60_000;

describe.skipIf(missing !== null)(
  `a storm of redeliveries by email${missing === null ? '' : ` (${missing})`}`,
  () => {
    const clock = createMovableClock();
    const customers = ['ana', 'ben', 'alice', 'bob'].map((name) => `${name}@customer.test`);
    let world: MailWorld;
    let it: StormApp;
    beforeAll(async () => {
      world = await MailWorld.start();
      it = await startStormApp(world.variables, { clock });
    }, 120_000);
    afterAll(async () => {
      await it?.stop();
      await world?.stop();
    }, 60_000);

    /** How far the mailbox was read, and under which validity. */
    async function place(): Promise<{ uidValidity: string; last: number }> {
      const [row] = await it.sql<{ value: string }>(
        `select value from relevo.cursors where name like 'email/imap/%'`,
      );
      // Before the value stands the number of the hold under which it was written.
      return JSON.parse(row?.value.replace(/^#\d+ /u, '') ?? '{}');
    }

    async function isRead(mails: number, since: string | null): Promise<void> {
      const read = async () => {
        const { uidValidity, last } = await place();
        expect(uidValidity).not.toBe(since);
        expect(last).toBeGreaterThanOrEqual(mails);
      };
      await vi.waitFor(read, { timeout: 90_000, interval: 100 });
      await it.settled();
    }

    /** All mails get other UIDs, as after a move to another server, so that each is fetched again. */
    async function bringAgain(mails: number): Promise<void> {
      const { uidValidity } = await place();
      const folder = world.maildir(world.support);
      for (const name of readdirSync(folder)) {
        if (/^dovecot(\.index|-uidlist)/u.test(name)) rmSync(join(folder, name));
      }
      await world.doveadm('kick', world.support);
      await isRead(mails, uidValidity);
    }

    test('each mail is stored once however often it is fetched, and our own are never answered', async () => {
      for (const customer of customers) {
        await world.customerWrites(customer, 'Una pregunta', `hola, soy ${customer}`);
        await world.customerWrites(customer, 'Otra', 'mire', [
          { name: 'foto.png', type: 'image/png', bytes: Buffer.from('no es una foto') },
        ]);
      }
      let mails = customers.length * 2;
      await isRead(mails, null);
      const before = await it.totals();
      expect(before).toMatchObject({ stored: customers.length * 3, aside: 0 });
      expect(before.words).toBeGreaterThan(0);
      const answers = async () =>
        (await Promise.all(customers.map((customer) => world.inboxOf(customer)))).flat();
      await vi.waitFor(async () => expect((await answers()).length).toBe(before.words), {
        timeout: 30_000,
      });

      // Our own answers lie in our mailbox, as if somebody had sent them back.
      for (const customer of customers) {
        const client = await world.client(customer);
        for (const { source } of await client.fetchAll('1:*', { source: true })) {
          if (source === undefined) continue;
          await world.append(world.support, source);
          mails += 1;
        }
      }
      await isRead(mails, null);
      for (const laterMs of [0, minuteMs, 5 * minuteMs, 24 * 60 * minuteMs]) {
        clock.move(laterMs);
        await bringAgain(mails);
      }
      expect(await it.totals()).toEqual(before);
      expect(await answers()).toHaveLength(before.words);
    }, 400_000);
  },
);
