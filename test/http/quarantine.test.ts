import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secretHash } from '../../src/core/ids.ts';
import { roles } from '../../src/store/accounts.ts';
import { createMemoryQuarantine } from './memory-quarantine.ts';
import { startWeb, type Web } from './web.ts';

const key = `telegram/123456789/unreadable/${'a'.repeat(64)}`;
const raw = '{"text":"<script>alert(1)</script>\\u0000"}';
const url = `/api/quarantine/${encodeURIComponent(key)}`;

describe('the quarantine', () => {
  let web: Web;
  beforeEach(async () => {
    const quarantine = createMemoryQuarantine([
      { key, channel: 'telegram', at: 2_000, reason: 'no chat', raw },
      { key: 'slack/1', channel: 'slack', at: 1_000, reason: 'no type', raw: '' },
    ]);
    web = await startWeb({ deps: { quarantine } });
  });
  afterEach(() => web.stop());

  test('is listed newest first, without what it holds', async () => {
    expect((await web.server.inject('/api/quarantine')).json()).toEqual({
      items: [
        {
          key,
          channel: 'telegram',
          at: '1970-01-01T00:00:02.000Z',
          reason: 'no chat',
          characters: raw.length,
        },
        {
          key: 'slack/1',
          channel: 'slack',
          at: '1970-01-01T00:00:01.000Z',
          reason: 'no type',
          characters: 0,
        },
      ],
      count: 2,
    });
  });

  test('is read as it came, and no browser takes it for more than text', async () => {
    const answer = await web.server.inject(url);
    expect([answer.statusCode, answer.body]).toEqual([200, raw]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename=telegram-2000.txt',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  test('is dropped once', async () => {
    const drop = () => web.server.inject({ method: 'DELETE', url });
    expect((await drop()).statusCode).toBe(204);
    expect((await drop()).statusCode).toBe(404);
    expect((await web.server.inject(url)).statusCode).toBe(404);
    expect((await web.server.inject('/api/quarantine')).json().count).toBe(1);
  });

  test('is for supervisors and above', async () => {
    for (const role of roles) {
      const hash = secretHash(`rlv_${role.padEnd(30, 'x')}`);
      await web.accounts.addToken({ hash, name: role, role, createdAt: 0 });
    }
    const calls = [
      ['GET', '/api/quarantine'],
      ['GET', url],
      ['DELETE', '/api/quarantine/none'],
    ] as const;
    const statuses = async (authorization: string | null) => {
      const headers: Record<string, string> = authorization === null ? {} : { authorization };
      const answers = await Promise.all(
        calls.map(([method, at]) =>
          web.server.inject({ method, url: at, headers, remoteAddress: '192.0.2.1' }),
        ),
      );
      return answers.map(({ statusCode }) => statusCode);
    };
    expect(await statuses(null)).toEqual([401, 401, 401]);
    expect(await statuses(`Bearer rlv_${'agent'.padEnd(30, 'x')}`)).toEqual([403, 403, 403]);
    expect(await statuses(`Bearer rlv_${'supervisor'.padEnd(30, 'x')}`)).toEqual([200, 200, 404]);
    expect(await statuses(`Bearer rlv_${'administrator'.padEnd(30, 'x')}`)).toEqual([200, 200, 404]);
  });
});
