import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtVideo } from '../../src/cli/doctor-video.ts';
import { systemClock } from '../../src/core/clock.ts';
import { randomIds } from '../../src/core/ids.ts';
import { lookAtServer } from '../../src/video/look-at-server.ts';
import { watchClock } from '../../src/video/watch-clock.ts';
import { type FakeJitsi, startFakeJitsi } from './fake-jitsi.ts';
import { secret, servers, settingsOf } from './video-world.ts';

const plugin = { appId: 'relevo', xmppDomain: 'meet.example.com', keys: secret };
let setUp: FakeJitsi = { plugin };
let server: Awaited<ReturnType<typeof startFakeJitsi>>;
beforeAll(async () => {
  server = await startFakeJitsi(() => setUp);
});
afterAll(() => server.close());

/** What is found, wrong things with an exclamation mark. */
async function seen(env: Readonly<Record<string, string>>, now: Partial<FakeJitsi> = {}): Promise<string[]> {
  setUp = { plugin, ...now };
  const deps = { settings: settingsOf(env), clock: systemClock, ids: randomIds, fetch: server.fetch };
  return (await lookAtServer(deps)).map(({ ok, line }) => (ok ? line : `! ${line}`));
}

const plain = { JITSI_DOMAIN: 'meet.example.com' };
const minuteMs = 60_000;
const safe = [
  'meet.example.com is there; links are signed',
  'it refuses whoever has no token',
  'it takes our tokens',
  'who moderates cannot be seen from here',
];
const docker = 'config.fileRecordingsEnabled = true;\nconfig.transcription.enabled = true;\n';

test.each<[string, Record<string, string>, Partial<FakeJitsi>, string[]]>([
  ['a safe server', servers.HS256, {}, safe],
  ['a server with a comment on guests', servers.HS256, { config: "// anonymousdomain: 'guest.x'\n" }, safe],
  [
    'guests allowed',
    servers.HS256,
    { config: "config.hosts.anonymousdomain = 'guest.meet.example.com';" },
    [
      safe[0] ?? '',
      '! guests are allowed (anonymousdomain): strangers who know a room come in without a token',
      ...safe.slice(1),
    ],
  ],
  [
    'recording',
    servers.HS256,
    { config: `${docker}config.liveStreaming = {\n  enabled: true };` },
    [safe[0] ?? '', 'recording, live streaming, transcription can be switched on there', ...safe.slice(1)],
  ],
  [
    'no token required',
    servers.HS256,
    { door: 'open' },
    [
      safe[0] ?? '',
      '! it lets strangers in without a token',
      'it takes our tokens',
      '! it takes forged tokens',
      safe[3] ?? '',
    ],
  ],
  [
    'forged tokens',
    servers.HS256,
    { door: 'any-token' },
    [...safe.slice(0, 3), '! it takes forged tokens', safe[3] ?? ''],
  ],
  [
    'another secret',
    servers.HS256,
    { plugin: { ...plugin, keys: `${secret}!` } },
    [...safe.slice(0, 2), '! it refuses our tokens: nobody could join a call', safe[3] ?? ''],
  ],
  [
    'another name of the application',
    servers.HS256,
    { plugin: { ...plugin, appId: 'other' } },
    [...safe.slice(0, 2), '! it refuses our tokens: nobody could join a call', safe[3] ?? ''],
  ],
  [
    'an hour behind',
    servers.HS256,
    { clockMs: -60 * minuteMs },
    [
      safe[0] ?? '',
      '! the video server\'s clock is 1 hour behind ours: it refuses fresh tokens as "not yet"',
      safe[1] ?? '',
      '! it refuses our tokens: nobody could join a call',
      safe[3] ?? '',
    ],
  ],
  [
    'two minutes ahead',
    servers.HS256,
    { clockMs: 2 * minuteMs },
    [
      safe[0] ?? '',
      expect.stringMatching(/^! the video server's clock is 1(?:19|20|21) seconds ahead of ours/u) as never,
      ...safe.slice(1),
    ],
  ],
  [
    'no BOSH',
    servers.HS256,
    { door: 'none' },
    [safe[0] ?? '', 'whom it lets in could not be tried: it does not answer at /http-bind', safe[3] ?? ''],
  ],
  [
    'only its name',
    plain,
    { door: 'open' },
    [
      'meet.example.com is there; links are not signed',
      'whoever has a link gets in, and who moderates is the choice of the server',
    ],
  ],
  [
    'only its name, and it asks for tokens',
    plain,
    {},
    [
      'meet.example.com is there; links are not signed',
      '! it asks for a token, and links are not signed: nobody could join a call',
    ],
  ],
  [
    'no Jitsi',
    plain,
    { notJitsi: true },
    ['! meet.example.com answers 404 and shows no config.js: it does not look like Jitsi'],
  ],
])('relevo doctor sees: %s', async (_, env, now, expected) => {
  expect(await seen(env, now)).toEqual(expected);
});

test('a server that is not there is said to be, with what to do', async () => {
  const settings = settingsOf(plain);
  const refused = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }));
  expect(await lookAtServer({ settings, clock: systemClock, ids: randomIds, fetch: refused })).toEqual([
    { ok: false, line: 'meet.example.com does not answer: ECONNREFUSED', hint: 'Is JITSI_DOMAIN right?' },
  ]);
});

test('what calls made elsewhere are worth is said', async () => {
  expect(await lookAtVideo({ video: null })).toEqual([]);
  const [seenThere] = await lookAtVideo({ video: { kind: 'link', template: 'https://zoom.us/j/1' } });
  expect(seenThere).toMatchObject({ ok: true, hint: expect.stringContaining('customers can meet') });
});

test.each<[string, Record<string, string>, number, string[]]>([
  ['an hour behind', servers.HS256, -60 * minuteMs, ["the video server's clock is 1 hour behind ours"]],
  ['right', servers.HS256, 0, []],
  ['wrong, and nobody signs anything', plain, -60 * minuteMs, []],
])('at the start the server is asked for its clock: %s', async (_, env, clockMs, warned) => {
  setUp = { plugin, clockMs };
  const told: string[] = [];
  const log = { warn: (__: unknown, words: string) => told.push(words), info: () => undefined } as never;
  const { signal } = new AbortController();
  await watchClock({ settings: settingsOf(env), clock: systemClock, log, fetch: server.fetch, signal });
  expect(told).toEqual(warned.map((words) => expect.stringContaining(words)));
});

test('a server that does not answer at the start stops nothing', async () => {
  const told: string[] = [];
  const log = { warn: () => told.push('warn'), info: () => told.push('info') } as never;
  const settings = settingsOf(servers.HS256);
  const never: typeof fetch = (_, init) =>
    new Promise((__, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('cut'))));
  const stopping = new AbortController();
  const watching = watchClock({ settings, clock: systemClock, log, fetch: never, signal: stopping.signal });
  stopping.abort();
  await watching;
  const refused = () => Promise.reject(new Error('ECONNREFUSED'));
  const { signal } = new AbortController();
  await watchClock({ settings, clock: systemClock, log, fetch: refused, signal });
  expect(told).toEqual(['info']);
});
