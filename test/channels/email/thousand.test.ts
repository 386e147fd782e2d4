import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createEmail } from '../../../src/channels/email/index.ts';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo } from '../inlet.ts';
import { emailDeps } from './email-deps.ts';
import { MailWorld, noMailWorld } from './mail-world.ts';

const missing = await noMailWorld();

describe.skipIf(missing !== null)(`1,000 mails${missing === null ? '' : ` (${missing})`}`, () => {
  let world: MailWorld;
  beforeAll(async () => {
    world = await MailWorld.start();
  }, 60_000);
  afterAll(() => world.stop());

  test('are each stored once, whatever becomes of the mailbox meanwhile', async () => {
    const received: InboundMessage[] = [];
    const keys = new Set<string>();
    const inlet = inletTo(async (message) => {
      const duplicate = keys.has(message.key);
      keys.add(message.key);
      if (!duplicate) received.push(message);
      return { conversation: 'c', duplicate };
    });
    const channel = createEmail(world.settings(), emailDeps());
    await channel.start(inlet);
    try {
      for (let index = 0; index < 1_000; index++) {
        await world.append(world.support, mail(index));
        // Another program deletes what was read: all positions behind it shift.
        if (index % 50 === 49) await (await world.client(world.support)).messageDelete({ seen: true });
        // Connections break in the middle of whatever they are at.
        if (index % 200 === 120) await kick(world);
        if (index === 600) await renew(world);
      }
      await vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(1_000), {
        timeout: 60_000,
        interval: 100,
      });
    } finally {
      await channel.stop();
    }
    const texts = received.map(({ gesture }) =>
      gesture.kind === 'message' && gesture.content.kind === 'text' ? gesture.content.text : '',
    );
    expect(new Set(texts).size).toBe(1_000);
    expect(texts).toHaveLength(1_000);
    expect(inlet.quarantined).toEqual([]);
  }, 180_000);
});

/** Every tenth has no Message-ID, every fifth shares it with its neighbour. */
function mail(index: number): string {
  const id = index % 5 === 1 ? index - 1 : index;
  return [
    'From: alice@customer.test',
    'To: support@desk.test',
    'Date: Mon, 02 Nov 2026 10:00:00 +0000',
    ...(index % 10 === 3 ? [] : [`Message-ID: <m${id}@customer.test>`]),
    '',
    `mail ${index}`,
  ].join('\r\n');
}

async function kick(world: MailWorld): Promise<void> {
  const own = await world.client(world.support);
  await world.doveadm('kick', world.support);
  await vi.waitFor(() => expect(own.usable).toBe(false), { timeout: 5_000 });
}

/** The mailbox is made anew, as after a move to another server: all its mails get other UIDs. */
async function renew(world: MailWorld): Promise<void> {
  const folder = world.maildir(world.support);
  for (const name of readdirSync(folder)) {
    if (/^dovecot(\.index|-uidlist)/u.test(name)) rmSync(join(folder, name));
  }
  await kick(world);
}
