import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { addressOf } from '../../../src/channels/whatsapp-web/inbound.ts';
import { patience } from '../../../src/channels/whatsapp-web/keeper.ts';
import type { InboundMessage } from '../../../src/core/message.ts';
import { inletTo } from '../inlet.ts';
import { outboundTo } from '../outbound.ts';
import { buildWhatsAppWeb, until } from './build.ts';
import { rawMessage } from './raw.ts';
import { type StubState, stubPage, stubVersion } from './stub-page.ts';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const account = '34910000001';
const ana = addressOf(account, '34600111222@c.us');
const slowMs = 60_000;

describe.skipIf(program === undefined)(
  'whatsapp-web.js in a real Chromium, on a page of our own (left out: no Chromium on this computer)',
  { timeout: 300_000 },
  () => {
    let folder: string;
    let pages: string;
    let channel: Channel;
    let remote: Browser | null = null;
    const received: InboundMessage[] = [];
    const inlet = inletTo(async (message) => {
      const duplicate = received.some(({ key }) => key === message.key);
      if (!duplicate) received.push(message);
      return { conversation: 'c', duplicate };
    });

    const open = () =>
      buildWhatsAppWeb(
        {
          chromium: program ?? '',
          page: { version: stubVersion, folder: pages },
          times: { ...patience, pingEveryMs: 1_000, firstWaitMs: 200 },
        },
        {
          folder: async () => folder,
          media: async () => ({
            type: 'image/png',
            bytes: 3,
            body: (async function* () {
              yield new Uint8Array([1, 2, 3]);
            })(),
          }),
        },
      );
    const put = (state: StubState) => writeFile(join(pages, `${stubVersion}.html`), stubPage(state));
    const stateIs = (state: string) => until(() => channel.state?.().state === state, slowMs);
    const externalIds = () => received.map(({ externalId }) => externalId);

    /** The page that the browser shows, from outside. Closing the connection would close the page: it is left. */
    async function thePage(): Promise<Page> {
      if (remote === null || !remote.isConnected()) {
        const [port] = (await readFile(join(folder, 'session', 'DevToolsActivePort'), 'utf8')).split('\n');
        remote = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      }
      const page = remote.contexts()[0]?.pages()[0];
      if (page === undefined) throw new Error('the browser shows nothing');
      return page;
    }
    const phone = async (act: string, ...words: object[]): Promise<unknown> =>
      (await thePage()).evaluate(`window.stub.${act}(${words.map((word) => JSON.stringify(word)).join()})`);
    const browserPid = async () =>
      Number((await readlink(join(folder, 'session', 'SingletonLock'))).split('-').at(-1));

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'relevo-wweb-'));
      pages = await mkdtemp(join(tmpdir(), 'relevo-wweb-pages-'));
      await put({ linked: false, account });
      channel = open();
      await channel.start(inlet);
    });
    afterAll(async () => {
      await channel.stop();
      await Promise.all(
        [folder, pages].map((one) => rm(one, { recursive: true, force: true, maxRetries: 5 })),
      );
    });

    test('an unlinked browser asks for its code to be scanned', async () => {
      await stateIs('needs-attention');
      expect(channel.state?.().qr).toMatch(/^2@stub,a2V5,a2V5,secret,1$/u);
    });

    test('once it is scanned the channel is ready', async () => {
      await phone('link');
      await stateIs('ready');
    });

    test('what a customer writes arrives; groups, status posts and our own words do not', async () => {
      await phone(
        'writes',
        rawMessage('G1', { remote: '120363000000000000@g.us', author: '34600111222@c.us' }),
      );
      await phone('writes', rawMessage('S1', { remote: 'status@broadcast', isStatusV3: true }));
      await phone('writes', rawMessage('O1', { fromMe: true }));
      await phone('writes', rawMessage('M1', { body: '¿Cuándo abrís?\n\n🦜' }));
      await until(() => received.length > 0, slowMs);
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({
        key: `whatsapp-web/${account}/${ana.user}/M1`,
        externalId: 'M1',
        address: ana,
        customerName: 'Ana',
        gesture: { kind: 'message', content: { kind: 'text', text: '¿Cuándo abrís?\n\n🦜' } },
      });
    });

    test('the same person by the hidden id is the same customer', async () => {
      await phone('writes', rawMessage('M2', { remote: '34600111222000@lid' }));
      await until(() => externalIds().includes('M2'), slowMs);
      expect(received.at(-1)?.address).toEqual(ana);
    });

    test('a photo is downloaded and kept, an edit, a reaction and a deletion are told', async () => {
      const file = {
        directPath: '/v/t62',
        mimetype: 'image/jpeg',
        size: 20,
        mediaData: { mediaStage: 'RESOLVED' },
      };
      await phone(
        'writes',
        rawMessage('M3', { ...file, type: 'image', body: '/9j/4AAQ', caption: 'la caja' }),
      );
      await until(() => externalIds().includes('M3'), slowMs);
      const { gesture } = received.at(-1) ?? {};
      expect(gesture).toMatchObject({
        content: { kind: 'media', caption: 'la caja', media: { kind: 'image' } },
      });
      const [bytes] = [...inlet.kept.values()];
      expect(Buffer.from(bytes ?? []).toString()).toBe('the bytes of a photo');
      await phone(
        'edits',
        rawMessage('M1', { body: '¿A qué hora?', latestEditSenderTimestampMs: 1_700_000_000_123 }),
      );
      await phone('reacts', {
        id: { fromMe: false, id: 'R1', remote: '34600111222@c.us' },
        reactionParentKey: { fromMe: true, id: '3EB0', remote: '34600111222@c.us' },
        reactionTimestamp: 1_700_000_001_000,
        reactionText: '👍',
        from: { _serialized: '34600111222@c.us' },
      });
      await phone('revokes', rawMessage('M1', { type: 'revoked', body: '' }));
      await until(() => externalIds().includes('M1/deletion'), slowMs);
      expect(received.slice(-3).map((message) => message.gesture)).toEqual([
        { kind: 'edit', of: 'M1', content: { kind: 'text', text: '¿A qué hora?' } },
        { kind: 'reaction', of: '3EB0', emoji: '👍' },
        { kind: 'deletion', of: 'M1' },
      ]);
    });

    test('an answer goes out to where the customer last wrote, and can be found again', async () => {
      const answers = { externalId: 'M2', at: Date.now() };
      const part = outboundTo(ana, { text: 'A las **nueve**.', answers });
      expect(await channel.send(part)).toEqual({ externalId: '3EB0STUB1' });
      expect(await phone('sent')).toEqual([
        { id: '3EB0STUB1', to: '34600111222@c.us', text: 'A las *nueve*.' },
      ]);
      // It is known to have gone out: it cannot be one that was lost.
      expect(await channel.find?.(part)).toBe('unknown');
      channel.typing?.(ana);
      await until(() => true);
      expect(received.map(({ externalId }) => externalId)).not.toContain('3EB0STUB1');
    });

    test('a second Relevo on the same folder says what is wrong', async () => {
      const second = open();
      try {
        await second.start(inletTo(async () => ({ conversation: 'c', duplicate: false })));
        await until(() => second.state?.().line.includes('already running') ?? false, slowMs);
        expect(second.state?.().state).toBe('needs-attention');
        expect(channel.state?.().state).toBe('ready');
      } finally {
        await second.stop();
      }
    });

    test('a killed browser is started again, and what came meanwhile is asked for, once', async () => {
      const history = [rawMessage('M2'), rawMessage('M9', { body: 'mientras tanto' })];
      await put({ linked: true, account, history });
      const before = await browserPid();
      const restarted = until(() => channel.state?.().state === 'restarting', slowMs);
      process.kill(before, 'SIGKILL');
      await restarted;
      await stateIs('ready');
      expect(await browserPid()).not.toBe(before);
      await until(() => externalIds().includes('M9'), slowMs);
      expect(externalIds().filter((id) => id === 'M2')).toHaveLength(1);
    });

    test('stopping closes the browser', async () => {
      const pid = await browserPid();
      await channel.stop();
      expect(() => process.kill(pid, 0)).toThrow();
    });
  },
);
