import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addDoctor } from '../../src/cli/doctor.ts';
import { botToken, startFakeSlack } from '../channels/slack/fake-slack.ts';
import { startFakeTelegram } from '../channels/telegram/fake-telegram.ts';
import { startFakeWhatsApp } from '../channels/whatsapp-cloud/fake-whatsapp.ts';
import { openDatabase, type TestDatabase } from '../postgres-server.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([openDatabase(), mkdtemp(join(tmpdir(), 'relevo-doctor-'))]);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  process.exitCode = 0;
});

/** Runs the command. @returns its lines, and the exit code it asks for */
async function doctor(variables: Readonly<Record<string, string>>) {
  const all = { DATABASE_URL: database.url, RELEVO_DATA: folder, RELEVO_CONFIG: '', ...variables };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  process.exitCode = 0;
  const lines: string[] = [];
  const program = new Command();
  addDoctor(program, (line) => void lines.push(line));
  await program.parseAsync(['doctor'], { from: 'user' });
  return { lines, code: process.exitCode };
}

describe('relevo doctor', () => {
  test('says nothing of channels that are off', async () => {
    const { lines, code } = await doctor({});
    expect(lines.every((line) => line.startsWith('ok '))).toBe(true);
    expect(lines.map((line) => line.slice(6).split(':')[0])).toEqual([
      'settings',
      'data folder',
      'store',
      'queue',
    ]);
    expect(code).toBe(0);
  });

  test('has a line for each secret of each channel, and the exit code 1 when one is wrong', async () => {
    const [telegram, whatsapp, slack] = await Promise.all([
      startFakeTelegram(),
      startFakeWhatsApp(),
      startFakeSlack(),
    ]);
    try {
      const right = {
        PUBLIC_URL: 'https://relevo.test',
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        SLACK_BOT_TOKEN: botToken,
        SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99aaaccc85a5',
        SLACK_API_URL: slack.url,
        WHATSAPP_CLOUD_TOKEN: whatsapp.settings.token,
        WHATSAPP_CLOUD_PHONE_ID: whatsapp.settings.phoneId,
        WHATSAPP_CLOUD_APP_SECRET: whatsapp.settings.appSecret,
        WHATSAPP_CLOUD_VERIFY_TOKEN: 'palabra',
        WHATSAPP_CLOUD_API_ROOT: whatsapp.url,
      };
      const well = await doctor(right);
      const ofChannel = (name: string, lines: readonly string[]) =>
        lines.filter((line) => line.slice(6).startsWith(`${name}:`));
      for (const name of ['telegram', 'slack', 'whatsapp-cloud']) {
        const lines = ofChannel(name, well.lines);
        expect(lines.length, name).toBeGreaterThan(0);
        expect(
          lines.filter((line) => !line.startsWith('ok ')),
          name,
        ).toEqual([]);
      }
      expect(well.code).toBe(0);

      const ill = await doctor({
        ...right,
        TELEGRAM_BOT_TOKEN: telegram.token.replace('fake', 'lost'),
        WHATSAPP_CLOUD_PHONE_ID: '999999999999999',
      });
      expect(ill.code).toBe(1);
      expect(ofChannel('slack', ill.lines).every((line) => line.startsWith('ok '))).toBe(true);
      for (const [name, variable] of [
        ['telegram', 'TELEGRAM_BOT_TOKEN'],
        ['whatsapp-cloud', 'WHATSAPP_CLOUD_PHONE_ID'],
      ] as const) {
        const wrong = ofChannel(name, ill.lines).filter((line) => line.startsWith('WRONG'));
        expect(wrong.length, name).toBe(1);
        expect(wrong[0]).toContain('To do:');
        expect(wrong[0]).toContain(variable);
      }
      // Nothing was sent, nobody was told of an address, and no secret is shown.
      expect([telegram.log, whatsapp.log, slack.log].flat()).toEqual([]);
      expect(telegram.calls.some(({ method }) => method === 'setWebhook')).toBe(false);
      for (const secret of [telegram.token, whatsapp.settings.token, whatsapp.settings.appSecret, botToken])
        expect([...well.lines, ...ill.lines].join('\n')).not.toContain(secret);
    } finally {
      await Promise.all([telegram.stop(), whatsapp.stop(), slack.stop()]);
    }
  });
});
