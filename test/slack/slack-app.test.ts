import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SendError } from '../../src/core/errors.ts';
import { createSlackApp } from '../../src/slack/create-slack-app.ts';
import type { SlackSettings } from '../../src/slack/slack-app.ts';
import { createSlackApps } from '../../src/slack/slack-apps.ts';
import {
  appToken,
  botToken,
  type FakeSlack,
  signingSecret,
  startFakeSlack,
} from '../channels/slack/fake-slack.ts';
import { silentLog } from '../log.ts';

let fake: FakeSlack;
beforeEach(async () => {
  fake = await startFakeSlack();
});
afterEach(() => fake.stop());

const settings = (change: object = {}) => ({ botToken, signingSecret, apiUrl: fake.url, ...change });
const apps =
  (now = Date.now, publicUrl: string | null = 'https://relevo.test') =>
  (settings: SlackSettings) =>
    createSlackApp(settings, { clock: { now }, log: silentLog, publicUrl });

describe('a Slack app', () => {
  test('is one for all who ask for it, and closes when the last one leaves', async () => {
    const slackOf = createSlackApps({ clock: Date, log: silentLog, publicUrl: null });
    const [channel, desk] = await Promise.all([
      slackOf(settings({ appToken })),
      slackOf(settings({ appToken })),
    ]);
    expect(channel).toBe(desk);
    await Promise.all([channel.start(), desk.start()]);
    expect(fake.sockets.size).toBe(1);
    await channel.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.sockets.size).toBe(1);
    await desk.stop();
    await expect.poll(() => fake.sockets.size).toBe(0);
  });

  test('listens by the webhook where there is an address, by a socket where there is none', () => {
    expect(apps()(settings({ appToken })).webhook).toBeDefined();
    expect(apps(Date.now, null)(settings({ appToken })).webhook).toBeUndefined();
    expect(apps()(settings({ appToken, signingSecret: undefined })).webhook).toBeUndefined();
  });

  test.each([{ botToken: 'xoxb-wrong' }, { appToken: 'xapp-wrong', signingSecret: undefined }])(
    'does not start with a wrong token',
    async (change) => {
      const app = apps()(settings(change));
      await expect(app.start()).rejects.toMatchObject({ code: 'slack_refused' });
      await app.stop();
    },
  );

  test('starts while Slack is away, by socket it connects later', async () => {
    fake.setFailures({ rate429: 1 });
    const app = apps(Date.now, null)(settings({ appToken }));
    await app.start();
    fake.setFailures({ rate429: 0 });
    await expect.poll(() => fake.sockets.size, { timeout: 5_000 }).toBe(1);
    expect((await app.identity()).team).toBe(fake.state.team);
    await app.stop();
  });
});

describe('a call', () => {
  const refusal = async (run: Promise<unknown>): Promise<SendError> => {
    const error = await run.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SendError)) throw new Error('it was no SendError');
    return error;
  };

  test('too many is told with the wait that Slack asked for, once', async () => {
    fake.setFailures({ rate429: 1, retryAfterSeconds: 7 });
    const error = await refusal(apps()(settings()).call('chat.postMessage', { channel: 'D1', text: 'x' }));
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000, permanent: false });
    expect(fake.calls).toHaveLength(1);
  });

  test.each([
    [{ botToken: 'xoxb-wrong' }, 'chat.postMessage', 'auth_failed', true],
    [{}, 'chat.postMessage', 'recipient_unreachable', true],
    [{}, 'no.such.method', 'slack_failed', false],
    [{ apiUrl: 'http://127.0.0.1:4/api/' }, 'chat.postMessage', 'slack_unreachable', false],
  ] as const)('that fails has a stable code: %j %s', async (change, method, code, permanent) => {
    const error = await refusal(
      apps()(settings(change)).call(method, { channel: 'D404', text: 'secret words' }),
    );
    expect(error).toMatchObject({ code, permanent, unknown: false });
    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error.cause);
    expect(shown).not.toMatch(/secret words|xoxb/u);
  });

  test.each([
    ['is cut off after it arrived', 'slack_unreachable', true],
    ['is answered with HTTP 503', 'slack_failed', true],
    ['ends in fatal_error', 'slack_failed', true],
    ['ends in team_added_to_org', 'slack_failed', false],
  ] as const)('that %s is known to be unknown, or not', async (how, code, unknown) => {
    const server = createServer((request, response) => {
      request.resume();
      if (how.includes('cut')) response.destroy();
      else if (how.includes('503')) response.writeHead(503).end();
      else response.end(JSON.stringify({ ok: false, error: how.split(' ').at(-1) }));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const app = apps()(settings({ apiUrl: `http://127.0.0.1:${port}/api/` }));
    expect(await refusal(app.call('chat.postMessage', {}))).toMatchObject({
      code,
      unknown,
      permanent: false,
    });
    server.close();
  });

  test.each([
    'https://evil.test/f',
    'http://files.slack.com/f',
    'https://files.slack.com.evil.test/f',
    'https://files.slack.com@evil.test/f',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'nonsense',
  ])('never fetches a file from another host: %s', async (address) => {
    fake.state.files.set('F1', { id: 'F1', name: 'x', size: 1, type: 'image/png', bytes: null, address });
    const error = await refusal(apps()(settings()).download('F1'));
    expect(error).toMatchObject({ code: 'not_available', permanent: true });
  });

  test('for a file follows no redirect to Slack’s sign-in page', async () => {
    fake.state.files.set('F1', { id: 'F1', name: 'x', size: 1, type: 'image/png', bytes: null });
    expect(await refusal(apps()(settings()).download('F1'))).toMatchObject({ code: 'not_available' });
  });
});

describe('doctor', () => {
  const lines = async (change: object, now?: () => number) =>
    (await apps(now)(settings(change)).check()).map(({ ok, line }) => `${ok ? 'ok' : 'no'} ${line}`);

  test('finds everything right', async () => {
    expect(await lines({ appToken, signingSecret: 'a'.repeat(32) })).toEqual([
      'ok SLACK_BOT_TOKEN: relevo in Acme',
      'ok SLACK_APP_TOKEN: Socket Mode can be opened',
      'ok SLACK_SIGNING_SECRET: set',
      'ok clock: agrees with Slack’s',
    ]);
  });

  test('has a line for each thing that is wrong', async () => {
    const found = await lines(
      { botToken: 'xoxb-wrong', appToken: 'xapp-wrong', signingSecret: 'short one' },
      () => Date.now() + 600_000,
    );
    expect(found).toEqual([
      'no SLACK_BOT_TOKEN: Slack refused auth.test: invalid_auth',
      'no SLACK_APP_TOKEN: Slack refused apps.connections.open: invalid_auth',
      'no SLACK_SIGNING_SECRET: does not look like one (32 hexadecimal digits)',
      expect.stringMatching(/^no clock: (?:599|600|601) s ahead of Slack’s$/u),
    ]);
  });

  test('names the rights that the app lacks', async () => {
    fake.setScopes([
      'chat:write',
      'im:history',
      'im:read',
      'channels:history',
      'users:read',
      'app_mentions:read',
    ]);
    expect((await lines({ signingSecret: 'a'.repeat(32) }))[1]).toBe(
      'no SLACK_BOT_TOKEN: the app lacks the scopes files:read, files:write, reactions:read',
    );
  });

  test('says when Slack cannot be reached', async () => {
    const [first] = await apps()(settings({ apiUrl: 'http://127.0.0.1:4/api/' })).check();
    expect(first).toMatchObject({ ok: false, line: 'SLACK_BOT_TOKEN: Slack did not answer auth.test' });
  });
});
