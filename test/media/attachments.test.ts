import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { parse } from 'content-disposition';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMovableClock, type StormApp, startStormApp } from '../channels/storm-app.ts';
import { type FakeTelegram, startFakeTelegram } from '../channels/telegram/fake-telegram.ts';
import { createAgent } from '../flow/agent.ts';

const corpus = join(process.env.RELEVO_SHARED ?? '../shared', 'corpora/derived/filenames.json');
const present = existsSync(corpus);
const names: readonly string[] = present ? JSON.parse(readFileSync(corpus, 'utf8')).names : [];

const script = '<script>top.location="//evil.test"</script>';

/** Files that are two things at once, or would run in a browser that is told so. */
const hostile: Readonly<Record<string, { readonly bytes: Buffer; readonly type: string }>> = {
  'svg.svg': {
    bytes: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
    type: 'image/svg+xml',
  },
  'page.html': { bytes: Buffer.from(`<!doctype html>${script}`), type: 'text/html' },
  'page.xhtml': {
    bytes: Buffer.from(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`),
    type: 'application/xhtml+xml',
  },
  'gif-and-script.gif': {
    bytes: Buffer.from('GIF89a/*\x01\x00\x01\x00*/=1;alert(1)//', 'latin1'),
    type: 'text/javascript',
  },
  'png-and-page.png': {
    bytes: Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.alloc(64),
      Buffer.from(script),
    ]),
    type: 'text/html',
  },
  'pdf-and-page.pdf': { bytes: Buffer.from(`%PDF-1.4\n${script}`), type: 'application/pdf' },
  'utf-16.txt': { bytes: Buffer.from(`\ufeff${script}`, 'utf16le'), type: 'text/plain' },
  'bomb.zip': { bytes: zipOf('zeros', Buffer.alloc(64 * 1024 * 1024)), type: 'application/zip' },
};

/** A zip archive of one file. */
function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const entry = (signature: number, more: number) => {
    const head = Buffer.alloc(more);
    head.writeUInt32LE(signature, 0);
    return head;
  };
  const local = entry(0x04034b50, 30);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  const central = entry(0x02014b50, 46);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(content.length, 24);
  central.writeUInt16LE(name.length, 28);
  const end = entry(0x06054b50, 22);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

describe('what customers attach', () => {
  const clock = createMovableClock();
  let fake: FakeTelegram;
  let it: StormApp;
  beforeAll(async () => {
    fake = await startFakeTelegram({ limits: false });
    const variables = {
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.url,
      TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-this-test_0123456789',
    };
    const bot = {
      take: async () => {
        throw new Error('everything goes to a person');
      },
    };
    it = await startStormApp(variables, { clock, bot });
  }, 300_000);
  afterAll(async () => {
    await it?.stop();
    await fake?.stop();
  }, 60_000);

  /** Sends files as a new customer. @returns what the desk serves of them, by their place */
  async function sends(customer: string, files: readonly { name: string; bytes: Buffer; type: string }[]) {
    await fake.customerWrites(customer, 'hola');
    for (const file of files) await fake.customerSendsFile(customer, { field: 'document', ...file });
    await it.settled();
    const [row] = await it.sql<{ number: string }>(
      'select number from relevo.conversations where address = $1',
      [
        ['telegram', fake.addressOf(customer).account, fake.addressOf(customer).user]
          .map(encodeURIComponent)
          .join('/'),
      ],
    );
    const { messages } = await createAgent(() => it.url).opens(Number(row?.number));
    const shown = messages.flatMap(({ file }) => (file === undefined ? [] : [file]));
    return Promise.all(
      shown.map(async (file) => {
        const answer = await fetch(`${it.url}/api/files/${file.id}`);
        return { file, answer, bytes: Buffer.from(await answer.arrayBuffer()) };
      }),
    );
  }

  const isDownload = ({ headers }: Response) => {
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename[^\r\n]*$/u);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-type')).not.toMatch(/html|svg|xml|script|pdf/u);
  };

  test.skipIf(!present)(
    `${names.length} file names that would be paths, headers or programs are only ever names${present ? '' : ` (${corpus} is missing)`}`,
    async () => {
      const served = await sends(
        'ana',
        names.map((name, n) => ({ name, bytes: Buffer.from(`file ${n}`), type: 'text/plain' })),
      );
      expect(served).toHaveLength(names.length);
      for (const [n, { answer, bytes }] of served.entries()) {
        expect(answer.status, names[n]).toBe(200);
        isDownload(answer);
        expect(bytes.toString(), names[n]).toBe(`file ${n}`);
        const { parameters } = parse(answer.headers.get('content-disposition') ?? '');
        expect(parameters.filename, names[n]).toMatch(/^[^/\\\p{Cc}]+$/u);
      }
      const kept = readdirSync(join(it.folder, 'media'), { recursive: true, withFileTypes: true });
      const odd = kept.filter(({ name }) => !/^(?:[\da-f]{2}|[\da-f]{32})$/u.test(name));
      expect(odd.map(({ name }) => name)).toEqual([]);
    },
    300_000,
  );

  test('pages, pictures with scripts and files of two kinds are downloads, as they came', async () => {
    const list = Object.entries(hostile).map(([name, file]) => ({ name, ...file }));
    const served = await sends('ben', list);
    expect(served).toHaveLength(list.length);
    for (const [n, { answer, bytes }] of served.entries()) {
      expect(answer.status, list[n]?.name).toBe(200);
      isDownload(answer);
      // An archive is never opened: what arrives is what was sent, to the byte.
      expect(bytes.equals(list[n]?.bytes ?? Buffer.alloc(0)), list[n]?.name).toBe(true);
    }
    const [claimed] = await it.sql<{ count: string }>(
      `select count(*) from relevo.files where bytes > 1048576`,
    );
    expect(Number(claimed?.count)).toBe(0);
  }, 300_000);
});
