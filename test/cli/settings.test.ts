import { rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder, relevo } from './command.ts';

let folder = '';
/** Takes connections and never says a word: a server that hangs. */
let mute: Server;
let muteAt = '';

beforeAll(async () => {
  folder = await makeFolder();
  mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const address = mute.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  muteAt = `127.0.0.1:${address.port}`;
});
afterAll(async () => {
  mute.close();
  await rm(folder, { recursive: true, force: true });
});

const faultLines = (text: string) => text.split('\n').filter((line) => /^\s+\S+( line \d+)?: /u.test(line));

describe('relevo start', () => {
  test('stops at wrong settings with all faults at once and shows no secret', async () => {
    const file = join(folder, 'ladder.yaml');
    await writeFile(file, 'tiers:\n  - level: 1\n    name: A\n    acceptWithin: soon\nextra: 1\n');
    const { code, out, err } = await relevo(['start'], {
      PORT: '99999',
      DATABASE_URL: 'mysql://root:topsecret@host/db',
      REDIS_URL: 'topsecret',
      LOG_LEVEL: 'loud',
      RELEVO_CONFIG: file,
      RELEVO_DATA: folder,
    });
    expect([code, out]).toEqual([1, '']);
    expect(faultLines(err).map((line) => line.trim().split(': ')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'REDIS_URL',
      'LOG_LEVEL',
      `${file} line 4`,
      `${file} line 5`,
    ]);
    expect(err).not.toContain('topsecret');
  });

  test('says in words which data folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const { code, err } = await relevo(['start'], { PORT: '0', RELEVO_DATA: file });
    expect(code).toBe(1);
    expect(err).toMatch(/^relevo: the data folder .*a-file cannot be made or written.*\n.*RELEVO_DATA.*\n$/u);
  });
});

describe('relevo doctor', () => {
  test('finds nothing wrong on a fresh data folder', async () => {
    const { code, out } = await relevo(['doctor'], { RELEVO_DATA: join(folder, 'fresh') });
    expect(out.match(/^\w+ +[\w ]+(?=:)/gmu)).toEqual([
      'ok    settings',
      'ok    data folder',
      'ok    store',
      'ok    queue',
    ]);
    expect(code).toBe(0);
  });

  test.concurrent.each([
    ['refuses', () => '127.0.0.1:1'],
    ['hangs', () => muteAt],
  ])('says what to do about a database that %s', async (_, at) => {
    const env = { DATABASE_URL: `postgres://me:topsecret@${at()}/relevo`, RELEVO_DATA: folder };
    const { code, out, err } = await relevo(['doctor'], env);
    expect(code).toBe(1);
    expect(out).toMatch(/^WRONG store: .*\n +To do: .*DATABASE_URL/mu);
    expect(out).toMatch(/^WRONG queue: .*\n +To do: .*DATABASE_URL/mu);
    expect(out + err).not.toContain('topsecret');
  });

  test.each([
    ['refuses', () => '127.0.0.1:1'],
    ['hangs', () => muteAt],
  ])('says what to do about a Redis that %s', async (_, at) => {
    const env = { REDIS_URL: `redis://:topsecret@${at()}`, RELEVO_DATA: join(folder, 'fresh') };
    const { code, out, err } = await relevo(['doctor'], env);
    expect(code).toBe(1);
    expect(out).toMatch(/^ok +store/mu);
    expect(out).toMatch(/^WRONG queue: .*\n +To do: .*REDIS_URL/mu);
    expect(out + err).not.toContain('topsecret');
  });

  test('lists wrong settings', async () => {
    const { code, out } = await relevo(['doctor'], { PORT: 'abc', METRICS_PUBLIC: 'yes' });
    expect(code).toBe(1);
    expect(out).toMatch(/^WRONG settings: /u);
    expect(out).toContain('\n  PORT: ');
    expect(out).toContain('\n  METRICS_PUBLIC: ');
  });
});
