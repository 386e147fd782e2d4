import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readVideo } from '../../src/video/settings.ts';
import { pair, secret, servers } from './video-world.ts';

const pem = (bits: number): string =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
const elliptic = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;

describe('the settings of video', () => {
  test('none: no calls', () => {
    expect(readVideo({})).toBeNull();
    expect(readVideo({ PORT: '3000' })).toBeNull();
  });

  test.each<[string, Record<string, string>, object]>([
    [
      'a server alone',
      { JITSI_DOMAIN: 'meet.example.com' },
      { kind: 'jitsi', signing: null, tenant: null, jaas: false },
    ],
    [
      'a shared secret',
      servers.HS256,
      {
        subject: 'meet.example.com',
        signing: { issuer: 'relevo', key: { algorithm: 'HS256', keyId: null } },
      },
    ],
    [
      'a key pair',
      servers.RS256,
      { signing: { issuer: 'relevo', key: { algorithm: 'RS256', keyId: 'relevo/1' } } },
    ],
    [
      'a key on one line',
      { ...servers.RS256, JITSI_PRIVATE_KEY: pair.privateKey.replaceAll('\n', '\\n') },
      { signing: { key: { algorithm: 'RS256' } } },
    ],
    [
      'a key of the older form',
      { ...servers.RS256, JITSI_PRIVATE_KEY: pem(2_048) },
      { signing: { key: { algorithm: 'RS256' } } },
    ],
    ['a tenant', { ...servers.HS256, JITSI_TENANT: 'acme' }, { subject: 'acme', tenant: 'acme' }],
    [
      '8x8.vc, its AppID in the other variable',
      {
        JITSI_DOMAIN: '8x8.vc',
        JITSI_APP_ID: 'vpaas-magic-cookie-1',
        JITSI_PRIVATE_KEY: pair.privateKey,
        JITSI_KEY_ID: 'vpaas-magic-cookie-1/k',
      },
      {
        jaas: true,
        subject: 'vpaas-magic-cookie-1',
        signing: { issuer: 'chat', key: { keyId: 'vpaas-magic-cookie-1/k' } },
      },
    ],
    [
      'links made elsewhere',
      { VIDEO_LINK_TEMPLATE: 'https://zoom.us/j/1' },
      { kind: 'link', template: 'https://zoom.us/j/1' },
    ],
  ])('%s', (_, env, expected) => {
    expect(readVideo(env)).toMatchObject(expected);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a secret of 248 bits',
      { ...servers.HS256, JITSI_APP_SECRET: secret.slice(1) },
      /^JITSI_APP_SECRET: .*shorter than 256 bits/u,
    ],
    [
      'a key of 1024 bits',
      { ...servers.RS256, JITSI_PRIVATE_KEY: pem(1_024) },
      /^JITSI_PRIVATE_KEY: .*1024 bits/u,
    ],
    ['a key of another kind', { ...servers.RS256, JITSI_PRIVATE_KEY: elliptic }, /not an RSA key/u],
    ['no key at all', { ...servers.RS256, JITSI_PRIVATE_KEY: 'hello' }, /cannot be read/u],
    ['both', { ...servers.RS256, JITSI_APP_SECRET: secret }, /not both/u],
    ['a key without its name', { ...servers.RS256, JITSI_KEY_ID: '' }, /^JITSI_KEY_ID/u],
    ['a secret with a name', { ...servers.HS256, JITSI_KEY_ID: 'k' }, /^JITSI_KEY_ID/u],
    [
      'an app without a secret',
      { JITSI_DOMAIN: 'meet.example.com', JITSI_APP_ID: 'relevo' },
      /^JITSI_APP_SECRET/u,
    ],
    ['a secret without an app', { ...servers.HS256, JITSI_APP_ID: '' }, /^JITSI_APP_ID/u],
    ['every app', { ...servers.HS256, JITSI_APP_ID: '*' }, /^JITSI_APP_ID/u],
    ['every tenant', { ...servers.HS256, JITSI_TENANT: '*' }, /^JITSI_TENANT/u],
    ['no server', { JITSI_APP_SECRET: secret }, /^JITSI_DOMAIN/u],
    ['an address in place of a name', { JITSI_DOMAIN: 'https://meet.example.com' }, /^JITSI_DOMAIN/u],
    ['a path', { JITSI_DOMAIN: 'meet.example.com/x' }, /^JITSI_DOMAIN/u],
    ['somebody else in front', { JITSI_DOMAIN: 'me@evil.example' }, /^JITSI_DOMAIN/u],
    [
      'two ways',
      { JITSI_DOMAIN: 'meet.example.com', VIDEO_LINK_TEMPLATE: 'https://zoom.us/j/1' },
      /^VIDEO_LINK_TEMPLATE/u,
    ],
    ['an open link', { VIDEO_LINK_TEMPLATE: 'http://zoom.us/j/1' }, /^VIDEO_LINK_TEMPLATE/u],
    ['a script', { VIDEO_LINK_TEMPLATE: 'javascript:alert(1)' }, /^VIDEO_LINK_TEMPLATE/u],
    [
      '8x8.vc with a secret',
      { JITSI_DOMAIN: '8x8.vc', JITSI_APP_ID: 'vpaas-magic-cookie-1', JITSI_APP_SECRET: secret },
      /^JITSI_PRIVATE_KEY/u,
    ],
    [
      '8x8.vc without an AppID',
      { JITSI_DOMAIN: '8x8.vc', JITSI_PRIVATE_KEY: pair.privateKey, JITSI_KEY_ID: 'k' },
      /^JITSI_TENANT/u,
    ],
  ])('refused: %s', (_, env, fault) => {
    const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    const read = readVideo(set);
    if (read === null || !('faults' in read)) throw new Error('it was taken');
    expect(read.faults).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
    for (const value of [secret, secret.slice(1), 'hello']) expect(read.faults.join()).not.toContain(value);
  });
});
