import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, describe, expect, test } from 'vitest';
import { intakeOf, messagesOf } from '../../../src/channels/email/parse.ts';
import { createReader } from '../../../src/channels/email/reader.ts';
import { account, box } from './mails.ts';

const corpora = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora');
const wanted = ['mailparser', 'ruby-mail', 'email_reply_parser'];
const missing = wanted.filter((name) => !existsSync(join(corpora, name)));
const files = wanted
  .filter((name) => !missing.includes(name))
  .flatMap((name) => readdirSync(join(corpora, name), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

describe.skipIf(files.length === 0)(
  `mails of strangers${missing.length === 0 ? '' : ` (missing: ${missing})`}`,
  () => {
    const reader = createReader();
    afterAll(() => reader.close());

    /** @returns how long whoever serves others was held up, in milliseconds */
    async function judge(bytes: Uint8Array, found: Map<string, number>): Promise<number> {
      const before = performance.eventLoopUtilization();
      const read = await reader.read(bytes);
      let kind = 'put aside';
      if ('mail' in read) {
        const intake = intakeOf(read.mail, box);
        kind = intake.kind;
        if (intake.kind === 'letter') {
          const messages = messagesOf(read.mail, intake, account, null, []);
          if (messages.length === 0 && intake.automatic === null) throw new Error('a letter came to nothing');
          JSON.stringify(messages);
        }
      } else expect(read.unreadable).not.toBe('');
      found.set(kind, (found.get(kind) ?? 0) + 1);
      return performance.eventLoopUtilization(before).active;
    }

    test('are each a message, put aside, or a machine’s; none holds up the others', async () => {
      const found = new Map<string, number>();
      const held: number[] = [];
      for (const file of files) held.push(await judge(readFileSync(file), found));
      expect([...found.values()].reduce((sum, count) => sum + count)).toBe(files.length);
      expect(found.get('letter')).toBeGreaterThan(50);
      expect(Math.max(...held)).toBeLessThanOrEqual(200);
    }, 60_000);

    test('and so are mutants of them', async () => {
      const found = new Map<string, number>();
      const small = files.map((file) => readFileSync(file)).filter(({ length }) => length < 20_000);
      let seed = 1;
      const next = (below: number) => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % below;
      };
      for (let round = 0; round < 400; round++) {
        const bytes = Buffer.from(small[next(small.length)] ?? '');
        for (let change = 0; change < 8; change++) bytes[next(bytes.length)] = next(256);
        await judge(bytes.subarray(0, next(4) === 0 ? next(bytes.length) : bytes.length), found);
      }
      expect([...found.values()].reduce((sum, count) => sum + count)).toBe(400);
    }, 60_000);

    test('one that never ends is put aside in time, and the next is read', async () => {
      const line = `${'<'.repeat(30_000)}${'a@'.repeat(200_000)}`;
      const bomb = `From: a@b.test\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(60_000)}${line}`;
      await judge(Buffer.from(bomb), new Map());
      const read = await reader.read(Buffer.from('From: a@b.test\r\n\r\nhola'));
      expect(read).toMatchObject({ mail: { text: 'hola' } });
    }, 60_000);
  },
);
