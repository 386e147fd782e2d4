import jwt from 'jsonwebtoken';
import { describe, expect, test } from 'vitest';
import { createVideo } from '../../src/video/create-video.ts';
import { judge, type Plugin } from './plugin.ts';
import { entry, pair, secret, servers, settingsOf, startMs, tokenIn } from './video-world.ts';

const room = entry.room;
const other = 'f'.repeat(32);

describe.each(['HS256', 'RS256'] as const)('a token signed by %s', (algorithm) => {
  const provider = createVideo(settingsOf(servers[algorithm]));
  const plugin: Plugin = {
    appId: 'relevo',
    xmppDomain: 'meet.example.com',
    keys: algorithm === 'HS256' ? secret : { 'relevo/1': pair.publicKey },
    nowSeconds: Math.floor(startMs / 1_000),
  };
  const mint = async (change: Partial<typeof entry> = {}): Promise<string> =>
    tokenIn((await provider.link({ ...entry, ...change })).url);

  test('says who, where and for how long, and nothing else', async () => {
    const { url, enterBy } = await provider.link(entry);
    const token = tokenIn(url);
    expect(url).toBe(`https://meet.example.com/${room}?jwt=${token}`);
    const key = algorithm === 'HS256' ? secret : pair.publicKey;
    const clockTimestamp = plugin.nowSeconds;
    const { header, payload } = jwt.verify(token, key, {
      algorithms: [algorithm],
      complete: true,
      clockTimestamp,
    });
    expect(header).toEqual({ alg: algorithm, typ: 'JWT', ...(algorithm === 'RS256' && { kid: 'relevo/1' }) });
    const at = plugin.nowSeconds;
    expect(payload).toEqual({
      iss: 'relevo',
      aud: 'jitsi',
      sub: 'meet.example.com',
      room,
      iat: at,
      nbf: at - 10,
      exp: at + 600,
      jti: entry.tokenId,
      context: {
        user: { id: entry.invitationId, name: 'Ana', moderator: 'false', affiliation: 'member' },
        room: { regex: false },
        features: {
          recording: 'false',
          livestreaming: 'false',
          transcription: 'false',
          'outbound-call': 'false',
          'screen-sharing': 'true',
        },
      },
    });
    expect(enterBy).toBe((at + 600) * 1_000);
  });

  test('is the same whenever the same entry is asked for', async () => {
    expect(await mint()).toBe(await mint());
  });

  test.each<
    [
      string,
      { change?: Partial<typeof entry>; room?: string; plugin?: Partial<Plugin>; none?: true },
      unknown,
    ]
  >([
    ['the customer joins and does not moderate', {}, { joined: { moderator: false, name: 'Ana' } }],
    ['the agent moderates', { change: { role: 'agent' } }, { joined: { moderator: true, name: 'Ana' } }],
    [
      'nobody has to have a name',
      { change: { name: null } },
      { joined: { moderator: false, name: undefined } },
    ],
    ['without a token', { none: true }, { refused: 'token required' }],
    ['another room', { room: other }, { refused: 'Room and token mismatched' }],
    ['a room of a tenant', { room: `[acme]${room}` }, { refused: 'Room and token mismatched' }],
    [
      'another server',
      { plugin: { xmppDomain: 'other.example.com' } },
      { refused: 'Room and token mismatched' },
    ],
    ['another app', { plugin: { appId: 'another' } }, { refused: 'Invalid issuer' }],
    ['another secret', { plugin: { keys: 'b'.repeat(32) } }, { refused: /Invalid/u }],
    ['a server that knows no such key', { plugin: { keys: {} } }, { refused: /alg|obtain/u }],
    [
      'the last second',
      { plugin: { nowSeconds: plugin.nowSeconds + 599 } },
      { joined: { moderator: false } },
    ],
    [
      'ten minutes later',
      { plugin: { nowSeconds: plugin.nowSeconds + 600 } },
      { refused: 'Not acceptable by exp' },
    ],
    ['a server ten seconds behind', { plugin: { nowSeconds: plugin.nowSeconds - 10 } }, { joined: {} }],
    [
      'a server eleven seconds behind',
      { plugin: { nowSeconds: plugin.nowSeconds - 11 } },
      { refused: 'Not acceptable by nbf' },
    ],
    [
      'a server an hour ahead',
      { plugin: { nowSeconds: plugin.nowSeconds + 3_600 } },
      { refused: 'Not acceptable by exp' },
    ],
  ])('under the rules of the plugin: %s', async (_, given, expected) => {
    const token = given.none ? null : await mint(given.change);
    const verdict = judge(token, given.room ?? room, { ...plugin, ...given.plugin });
    if (typeof expected === 'object' && expected !== null && 'refused' in expected) {
      expect(verdict).toEqual({ refused: expect.stringMatching(expected.refused as string | RegExp) });
    } else expect(verdict).toMatchObject(expected as object);
  });

  test.each([
    '*',
    'T-42',
    room.toUpperCase(),
    't-42',
    '',
    `${room} `,
    `${room}/x`,
    `../${room}`,
    `${room}0`,
    'sala-de-ana',
  ])('no room that somebody named: %j', async (named) => {
    await expect(provider.link({ ...entry, room: named })).rejects.toMatchObject({ code: 'bad_room' });
  });
});

test('a tenant is in the link and is who the token is for', async () => {
  const settings = settingsOf({ ...servers.HS256, JITSI_TENANT: 'acme' });
  const { url } = await createVideo(settings).link(entry);
  expect(url).toMatch(new RegExp(`^https://meet\\.example\\.com/acme/${room}\\?jwt=`, 'u'));
  const at = { appId: 'relevo', xmppDomain: 'meet.example.com', keys: secret, nowSeconds: startMs / 1_000 };
  expect(judge(tokenIn(url), `[acme]${room}`, at)).toMatchObject({ joined: {} });
  expect(judge(tokenIn(url), `[other]${room}`, at)).toMatchObject({ refused: 'Room and token mismatched' });
  expect(judge(tokenIn(url), room, at)).toMatchObject({ refused: 'Room and token mismatched' });
});

test('a server whose XMPP domain is not its name', async () => {
  const settings = settingsOf({
    ...servers.HS256,
    JITSI_DOMAIN: 'Meet.example.com:8443',
    JITSI_XMPP_DOMAIN: 'meet.jitsi',
  });
  const { url } = await createVideo(settings).link(entry);
  expect(new URL(url).host).toBe('meet.example.com:8443');
  expect(jwt.decode(tokenIn(url))).toMatchObject({ sub: 'meet.jitsi' });
});

test('8x8.vc gets the claims it judges', async () => {
  const settings = settingsOf({
    JITSI_DOMAIN: '8x8.vc',
    JITSI_TENANT: 'vpaas-magic-cookie-0a1b',
    JITSI_PRIVATE_KEY: pair.privateKey,
    JITSI_KEY_ID: 'k1',
  });
  const { url } = await createVideo(settings).link({ ...entry, role: 'agent' });
  expect(url).toContain(`https://8x8.vc/vpaas-magic-cookie-0a1b/${room}?jwt=`);
  expect(
    jwt.verify(tokenIn(url), pair.publicKey, { complete: true, clockTimestamp: startMs / 1_000 }),
  ).toMatchObject({
    header: { alg: 'RS256', kid: 'vpaas-magic-cookie-0a1b/k1', typ: 'JWT' },
    payload: {
      iss: 'chat',
      aud: 'jitsi',
      sub: 'vpaas-magic-cookie-0a1b',
      room,
      context: {
        user: { moderator: 'true', 'hidden-from-recorder': 'false' },
        features: {
          recording: 'false',
          'sip-inbound-call': 'false',
          'file-upload': 'false',
          'screen-sharing': 'true',
        },
      },
    },
  });
});

test('a server without a key: a plain link, and it says so', async () => {
  const provider = createVideo(settingsOf({ JITSI_DOMAIN: 'meet.example.com' }));
  expect(provider.can).toEqual({ signs: false, ownRooms: true });
  expect(await provider.link(entry)).toEqual({ url: `https://meet.example.com/${room}`, enterBy: null });
});

test.each([
  ['https://zoom.us/j/123456?pwd=a%20b', 'https://zoom.us/j/123456?pwd=a%20b', false],
  ['https://calls.example.com/{room}', `https://calls.example.com/${room}`, true],
])('a link made elsewhere is not signed by us: %s', async (template, url, ownRooms) => {
  const provider = createVideo({ kind: 'link', template });
  expect(provider.can).toEqual({ signs: false, ownRooms });
  expect(await provider.link(entry)).toEqual({ url, enterBy: null });
  await expect(provider.link({ ...entry, room: 'a room' })).rejects.toMatchObject({ code: 'bad_room' });
});
