import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createVideo } from '../../src/video/create-video.ts';
import { createVerifyToken } from '../../src/video/verify-token.ts';
import { entry, pair, secret, servers, settingsOf, startMs, testClock, tokenIn } from './video-world.ts';

type Json = Readonly<Record<string, unknown>>;
type Algorithm = keyof typeof servers;

const b64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');
const hmac = (key: string | Uint8Array, text: string, hash = 'sha256'): string =>
  createHmac(hash, key).update(text).digest('base64url');
const rsa = (key: string, text: string): string => createSign('sha256').update(text).sign(key, 'base64url');
const stranger = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** A real token taken apart, and put together again with the real key: for what only a key's holder could bend. */
async function takeApart(algorithm: Algorithm) {
  const { url } = await createVideo(settingsOf(servers[algorithm])).link(entry);
  const token = tokenIn(url);
  const [head = '', body = '', signature = ''] = token.split('.');
  const header: Json = JSON.parse(Buffer.from(head, 'base64url').toString());
  const claims: Json = JSON.parse(Buffer.from(body, 'base64url').toString());
  const sign = (text: string): string =>
    algorithm === 'HS256' ? hmac(secret, text) : rsa(pair.privateKey, text);
  const raw = (headerText: string, claimsText: string): string => {
    const text = `${b64(headerText)}.${b64(claimsText)}`;
    return `${text}.${sign(text)}`;
  };
  return {
    token,
    head,
    body,
    signature,
    header,
    claims,
    raw,
    signed: (more: Json, moreHeader: Json = {}) =>
      raw(JSON.stringify({ ...header, ...moreHeader }), JSON.stringify({ ...claims, ...more })),
    without: (claim: string) =>
      raw(JSON.stringify(header), JSON.stringify({ ...claims, [claim]: undefined })),
    text: (change: (claims: string) => string) => raw(JSON.stringify(header), change(JSON.stringify(claims))),
  };
}
type Parts = Awaited<ReturnType<typeof takeApart>>;

const user = (claims: Json): Json => (claims.context as { user: Json }).user;
const withUser = (parts: Parts, more: Json): Json => ({
  context: { ...(parts.claims.context as Json), user: { ...user(parts.claims), ...more } },
});
const at = Math.floor(startMs / 1_000);
const headOf = (parts: Parts, more: Json): string => b64(JSON.stringify({ ...parts.header, ...more }));

/** The ways to forge or bend a token, each in its spellings. Where the signature is right, whoever holds the key bent it. */
const ways: Readonly<Record<string, (parts: Parts, algorithm: Algorithm) => readonly unknown[]>> = {
  'no algorithm': (p) =>
    ['none', 'None', 'NONE', 'nOnE'].flatMap((alg) => [
      `${headOf(p, { alg })}.${p.body}.`,
      `${headOf(p, { alg })}.${p.body}.${p.signature}`,
    ]),
  'an empty signature': (p) => [`${p.head}.${p.body}.`],
  'no signature': (p) => [`${p.head}.${p.body}`, p.head, ''],
  'the public key as a shared secret': (p) =>
    [pair.publicKey, pair.publicKey.trim()].map((key) => {
      const text = `${headOf(p, { alg: 'HS256' })}.${p.body}`;
      return `${text}.${hmac(key, text)}`;
    }),
  'a key in the header': (p) => {
    const text = `${headOf(p, { alg: 'RS256', jwk: { kty: 'RSA', n: 'x', e: 'AQAB' } })}.${p.body}`;
    return [
      `${text}.${rsa(stranger.privateKey, text)}`,
      p.signed({}, { jwk: { kty: 'oct', k: b64(secret) } }),
    ];
  },
  'a key elsewhere': (p) =>
    ['jku', 'x5u'].map((name) => p.signed({}, { [name]: 'https://evil.example/keys' })),
  'another name of the key': (p) =>
    ['../../../dev/null', "x' UNION SELECT 'k", '', '/dev/null', 'relevo/2', 7, null].map((kid) =>
      p.signed({}, { kid }),
    ),
  'an empty key': (p) =>
    ['', '\0', ' '].map((key) => `${p.head}.${p.body}.${hmac(key, `${p.head}.${p.body}`)}`),
  'a common key': (p) =>
    ['secret', 'password', 'your-256-bit-secret', 'jitsi', 'relevo'].map(
      (key) => `${p.head}.${p.body}.${hmac(key, `${p.head}.${p.body}`)}`,
    ),
  'a stranger’s key': (p) => {
    const text = `${p.head}.${p.body}`;
    return [`${text}.${rsa(stranger.privateKey, text)}`, `${text}.${hmac('b'.repeat(32), text)}`];
  },
  'the same bytes written otherwise': (p) => [
    `${p.token}=`,
    `${p.token}==`,
    `${p.token} `,
    ` ${p.token}`,
    `${p.token}\n`,
    `${p.head}. ${p.body}.${p.signature}`,
    `${p.head} .${p.body}.${p.signature}`,
    `${p.head}.${p.body}.${p.signature.slice(0, 9)}\t${p.signature.slice(9)}`,
    `${p.token.slice(0, -1)}${lookAlike(p.token.at(-1) ?? '')}`,
    p.token.replaceAll('-', '+').replaceAll('_', '/').concat('='),
  ],
  'the form with braces': (p) => [
    JSON.stringify({ protected: p.head, payload: p.body, signature: p.signature }),
    { protected: p.head, payload: p.body, signature: p.signature },
    JSON.stringify({ payload: p.body, signatures: [{ protected: p.head, signature: p.signature }] }),
  ],
  'too many parts': (p) => [
    `${p.token}.`,
    `${p.token}.x`,
    `.${p.token}`,
    `${p.head}..${p.body}.${p.signature}`,
  ],
  'a claim twice': (p) => [
    p.text((claims) => claims.replace('{', '{"room":"ffffffffffffffffffffffffffffffff",')),
    p.text((claims) => claims.replace('"moderator":"false"', '"moderator":"true","moderator":"false"')),
    p.raw(JSON.stringify(p.header).replace('{', '{"alg":"none",'), JSON.stringify(p.claims)),
  ],
  'an end that is none': (p) => [
    ...[String(at + 600), at + 600.5, -1, null, at + 601, at + 3_600, true, [at + 600], 1e21].map((exp) =>
      p.signed({ exp }),
    ),
    p.text((claims) => claims.replace(/"exp":\d+/u, '"exp":1e400')),
    p.without('exp'),
  ],
  'a beginning that is none': (p) => [
    ...[at + 60, at + 700, String(at), -1, null].map((nbf) => p.signed({ nbf })),
    p.without('nbf'),
  ],
  'made in the future': (p) => [
    p.signed({ iat: at + 3_600 }),
    p.signed({ iat: at + 60, nbf: at + 50, exp: at + 660 }),
    p.without('iat'),
  ],
  'for others too': (p) => [
    ...[['jitsi'], ['jitsi', 'evil'], 'other', '*', 'JITSI', null].map((aud) => p.signed({ aud })),
    p.without('aud'),
  ],
  'for every room': (p) => [p.signed({ room: '*' }), p.without('room'), p.signed({ room: '.*' })],
  'another spelling of the room': (p) =>
    [
      entry.room.toUpperCase(),
      `${entry.room} `,
      `${entry.room}\n`,
      entry.room.replace('a', 'а'),
      `${entry.room}%2Fx`,
      `${entry.room}/x`,
      'f'.repeat(32),
      [entry.room],
      { toString: 'x' },
    ].map((room) => p.signed({ room })),
  'for every server': (p) => [
    ...['*', 'other.example.com', 'MEET.EXAMPLE.COM', 'meet.example.com.', ['meet.example.com'], ''].map(
      (sub) => p.signed({ sub }),
    ),
    p.without('sub'),
    p.signed({ iss: 'another' }),
    p.signed({ iss: ['relevo'] }),
    p.without('iss'),
  ],
  'a role in other words': (p) => [
    ...[false, true, 'False', 0, null, 'yes'].map((moderator) => p.signed(withUser(p, { moderator }))),
    p.signed(withUser(p, { affiliation: 'owner' })),
    p.signed(withUser(p, { affiliation: 'teacher' })),
    p.signed(withUser(p, { email: 'ana@example.com' })),
    p.signed({ context: { ...(p.claims.context as Json), room: { regex: true } } }),
  ],
  'a header that must be understood': (p) => [
    p.signed({}, { crit: ['b64'], b64: false }),
    p.signed({}, { crit: [] }),
    p.signed({}, { crit: ['exp'], exp: at + 600 }),
    p.signed({}, { zip: 'DEF' }),
    p.raw('[]', JSON.stringify(p.claims)),
    p.raw('null', JSON.stringify(p.claims)),
    p.raw('"x"', JSON.stringify(p.claims)),
    p.raw('{}', JSON.stringify(p.claims)),
  ],
  'another kind of token': (p) => [
    p.signed({}, { typ: 'at+jwt' }),
    p.signed({}, { typ: 'jwt' }),
    p.signed({}, { typ: undefined }),
    p.raw(JSON.stringify(p.header), JSON.stringify({ sub: 'agent', exp: at + 600 })),
    p.raw(JSON.stringify(p.header), 'hello'),
    p.signed({ scope: 'admin' }),
    p.signed({ jti: 'mine' }),
    p.without('jti'),
    p.without('context'),
  ],
  'too long, and things that are no text': (p) => [
    p.signed({ room: 'a'.repeat(100_000) }),
    `${p.token}${'A'.repeat(100_000)}`,
    '.'.repeat(1_000_000),
    undefined,
    null,
    7,
    [p.token],
    Buffer.from(p.token),
  ],
};

/** Another letter that base64 reads as the same bytes, where the last one has bits to spare. */
function lookAlike(letter: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return letters[letters.indexOf(letter) ^ 1] ?? '';
}

describe.each(['HS256', 'RS256'] as const)('a token for a server with %s', (algorithm) => {
  const clock = testClock();
  const verify = createVerifyToken({ settings: settingsOf(servers[algorithm]), clock });

  test('is taken as it was made, put together again too, until ten minutes are over', async () => {
    const parts = await takeApart(algorithm);
    const taken = {
      token: {
        tokenId: entry.tokenId,
        invitationId: entry.invitationId,
        room: entry.room,
        role: 'customer',
        enterBy: (at + 600) * 1_000,
      },
    };
    clock.set(startMs);
    expect(await verify?.(parts.token, entry.room)).toEqual(taken);
    expect(await verify?.(parts.signed({}))).toEqual(taken);
    expect(await verify?.(parts.token, 'f'.repeat(32))).toEqual({ refused: 'wrong-room' });
    clock.set((at + 600) * 1_000 - 1);
    expect(await verify?.(parts.token)).toEqual(taken);
    clock.set((at + 600) * 1_000);
    expect(await verify?.(parts.token)).toEqual({ refused: 'expired' });
    clock.set((at - 10) * 1_000 - 1);
    expect(await verify?.(parts.token)).toEqual({ refused: 'not-yet' });
  });

  test.each(Object.entries(ways))('is refused: %s', async (_, forge) => {
    clock.set(startMs);
    const taken: unknown[] = [];
    for (const forged of forge(await takeApart(algorithm), algorithm)) {
      const verdict = await verify?.(forged, forged instanceof Object ? undefined : entry.room);
      if (verdict === undefined || !('refused' in verdict)) taken.push(forged);
    }
    expect(taken).toEqual([]);
  });
});

test('what cannot be a token is refused before anything is computed', async () => {
  const parts = await takeApart('HS256');
  const verify = createVerifyToken({ settings: settingsOf(servers.HS256), clock: testClock() });
  expect(await verify?.(`${parts.token}${'A'.repeat(8_192)}`)).toEqual({ refused: 'too-long' });
  expect(await verify?.(parts.signed({}, { alg: 'HS512' }))).toEqual({ refused: 'wrong-algorithm' });
});

test('there are 25 ways', () => {
  expect(Object.keys(ways)).toHaveLength(25);
});

test('where nothing is signed there is nothing to verify with', () => {
  const settings = settingsOf({ JITSI_DOMAIN: 'meet.example.com' });
  expect(createVerifyToken({ settings, clock: testClock() })).toBeNull();
});
