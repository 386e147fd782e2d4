import { expect, test } from 'vitest';
import { channelKinds } from '../src/channels/registry.ts';
import { readConfig } from '../src/config.ts';
import type { Role } from '../src/role.ts';
import { startupReport } from '../src/startup-report.ts';

test('the report lists each channel, on or off, and what switches it on', () => {
  const report = startupReport({
    config: readConfig({}),
    app: {
      description: { store: 'PostgreSQL', queue: 'BullMQ' },
      setupToken: null,
      base: { version: 1, articles: 60 },
    },
    role: 'all',
    channels: [
      { name: 'webchat', title: 'Web chat', state: 'on' },
      {
        name: 'telegram',
        title: 'Telegram',
        state: 'fault',
        fault: {
          code: 'auth_failed',
          message: 'Telegram does not know the bot token.',
          hint: 'Set another.',
        },
      },
      { name: 'email', title: 'Email', state: 'starting' },
    ],
    kinds: channelKinds,
    address: 'http://127.0.0.1:3000',
    dataFolder: null,
    seconds: 1,
  });
  const lines = report
    .split('\n')
    .filter((line) => line.startsWith('  Channel'))
    .map((line) => line.replace(/ +/gu, ' ').trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'Channel on webchat',
      'Channel WRONG telegram Telegram does not know the bot token.',
      'Channel Set another.',
      'Channel … email is still starting',
      'Channel off slack SLACK_BOT_TOKEN',
      'Channel off whatsapp-cloud WHATSAPP_CLOUD_TOKEN, WHATSAPP_CLOUD_PHONE_ID, WHATSAPP_CLOUD_APP_SECRET, WHATSAPP_CLOUD_VERIFY_TOKEN',
    ]),
  );
  const named = lines.filter((line) => !line.includes('Set another'));
  expect(named).toHaveLength(channelKinds.length + 1);
});

test('the report ends with where each of the pages is', () => {
  const report = (role: Role) =>
    startupReport({
      config: readConfig({}),
      app: { description: { store: '', queue: '' }, setupToken: 'secret', base: { version: 1, articles: 1 } },
      role,
      channels: [],
      kinds: [],
      address: 'http://127.0.0.1:3000',
      dataFolder: null,
      seconds: 1,
      strong: (words) => `*${words}*`,
    });
  const pages = [
    "Customer's chat *http://localhost:3000/*",
    "Agents' desk *http://localhost:3000/desk*",
    "Supervisors' console *http://localhost:3000/console*",
    'Chat and desk, side by side *http://localhost:3000/demo*',
  ];
  const lines = report('all')
    .split('\n')
    .map((line) => line.replace(/ +/gu, ' ').trim());
  const first = lines.indexOf('*Relevo is ready* (1.0 s)');
  expect(lines.slice(first + 2)).toEqual([
    ...pages,
    '',
    'Nobody has an account yet: desk and console are open to this computer only (demo).',
    'Create the first administrator, once, with this link:',
    'http://localhost:3000/desk/setup#token=secret',
    '',
    'Ctrl-C stops everything.',
    '',
  ]);
  expect(report('worker')).not.toMatch(/console|\/desk/u);
});

test.each<[Record<string, string>, string]>([
  [{}, 'Video off JITSI_DOMAIN, or VIDEO_LINK_TEMPLATE (docs/video.md)'],
  [
    { JITSI_DOMAIN: 'meet.example.com' },
    'Video on at meet.example.com; links are not signed: whoever has one gets in',
  ],
  [
    { JITSI_DOMAIN: 'meet.example.com', JITSI_APP_ID: 'a', JITSI_APP_SECRET: 's'.repeat(32) },
    'Video on at meet.example.com; signed links',
  ],
  [{ VIDEO_LINK_TEMPLATE: 'https://zoom.us/j/1' }, 'Video on at zoom.us; links are not signed by Relevo'],
  [
    {},
    'Sign-in on by password; by your own provider too: OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET (docs/sign-in.md)',
  ],
  [
    {
      PUBLIC_URL: 'https://support.example.com',
      OIDC_ISSUER: 'https://id.example.com/realm',
      OIDC_CLIENT_ID: 'a',
      OIDC_CLIENT_SECRET: 's',
    },
    'Sign-in on by password, and at id.example.com',
  ],
])(
  'the report says where calls are held, and what links are worth, and where people sign in: %j',
  (env, line) => {
    const report = startupReport({
      config: readConfig(env),
      app: { description: { store: '', queue: '' }, setupToken: null, base: { version: 1, articles: 1 } },
      role: 'all',
      channels: [],
      kinds: [],
      address: 'http://127.0.0.1:3000',
      dataFolder: null,
      seconds: 1,
    });
    expect(report.split('\n').map((each) => each.replace(/ +/gu, ' ').trim())).toContain(line);
  },
);

test('a secret shorter than 256 bits does not start', () => {
  const short = { JITSI_DOMAIN: 'meet.example.com', JITSI_APP_ID: 'a', JITSI_APP_SECRET: 's'.repeat(31) };
  expect(() => readConfig(short)).toThrow(/JITSI_APP_SECRET: the shared secret is shorter than 256 bits/u);
});

test.each(channelKinds)('every kind of channel says what switches it on: $name', ({ switchedOnBy }) => {
  expect(switchedOnBy.length).toBeGreaterThan(0);
});
