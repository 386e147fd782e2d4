import { describe, expect, test } from 'vitest';
import { createVideo } from '../../src/video/create-video.ts';
import { environmentOf, readCompose, textOf } from '../compose/compose-file.ts';
import { judge } from './plugin.ts';
import { entry, secret, settingsOf, startMs, tokenIn } from './video-world.ts';

const variables: Readonly<Record<string, string>> = {
  JITSI_DOMAIN: 'meet.example.com',
  JITSI_APP_ID: 'relevo',
  JITSI_APP_SECRET: secret,
  JITSI_JICOFO_PASSWORD: 'one',
  JITSI_JVB_PASSWORD: 'two',
  RELEVO_ENGINES: 'postgres',
  PUBLIC_URL: 'https://support.example.com',
};
const { services } = readCompose(variables);
const profile = Object.entries(services).filter(([, { profiles }]) => profiles?.includes('jitsi'));
const environment = (name: string): Readonly<Record<string, string>> =>
  services[name] === undefined ? {} : environmentOf(services[name], variables);

describe('the optional Jitsi of docker-compose.yml', () => {
  test('runs only when it is asked for, at one released version', () => {
    expect(profile.map(([name]) => name)).toEqual([
      'jitsi-web',
      'jitsi-prosody',
      'jitsi-jicofo',
      'jitsi-jvb',
    ]);
    expect(profile.every(([, { profiles }]) => profiles?.join() === 'jitsi')).toBe(true);
    const versions = new Set(
      profile.map(([, { image }]) => /^ghcr\.io\/jitsi\/\w+:(stable-\d+(?:-\d+)?)$/u.exec(image)?.[1]),
    );
    expect([versions.size, [...versions][0]]).toEqual([1, expect.any(String)]);
  });

  test('lets nobody in without a token that was made for it', () => {
    expect(environment('jitsi-prosody')).toMatchObject({
      AUTH_TYPE: 'jwt',
      ENABLE_AUTH: '1',
      ENABLE_GUESTS: '0',
      JWT_ALLOW_EMPTY: '0',
      JWT_APP_ID: 'relevo',
      JWT_APP_SECRET: secret,
      JWT_SIGN_TYPE: 'HS256',
      JWT_ACCEPTED_ISSUERS: 'relevo',
      JWT_ACCEPTED_AUDIENCES: 'jitsi',
      JWT_ENABLE_DOMAIN_VERIFICATION: '1',
      ENABLE_BREAKOUT_ROOMS: '0',
    });
    expect(environment('jitsi-web')).toMatchObject({ ENABLE_AUTH: '1', ENABLE_GUESTS: '0' });
  });

  test('makes nobody a moderator but by the token, and keeps names as they are in it', () => {
    expect(environment('jitsi-prosody')).toMatchObject({
      XMPP_MUC_MODULES: 'token_affiliation',
      XMPP_MODULES: 'presence_identity',
    });
    expect(environment('jitsi-jicofo')).toMatchObject({ JICOFO_ENABLE_AUTH: '0', ENABLE_AUTO_OWNER: '0' });
  });

  test('records nothing, and says its secrets to nobody who needs them not', () => {
    for (const name of ['jitsi-web', 'jitsi-prosody']) {
      expect(environment(name)).toMatchObject({ ENABLE_RECORDING: '0', ENABLE_TRANSCRIPTIONS: '0' });
    }
    const holders = profile
      .filter(([name]) => JSON.stringify(environment(name)).includes(secret))
      .map(([name]) => name);
    expect(holders).toEqual(['jitsi-prosody']);
    // Not a password in the file: without them the server does not start.
    expect(textOf('docker-compose.yml')).not.toMatch(/(?:SECRET|PASSWORD): (?!\$\{)\S/u);
    expect(profile.flatMap(([, { ports = [] }]) => ports)).toEqual([
      '127.0.0.1:8000:8000',
      '10000:10000/udp',
    ]);
  });

  test('takes the links that Relevo makes with the same variables', async () => {
    const { JITSI_DOMAIN = '', JITSI_APP_ID = '', JITSI_APP_SECRET = '' } = variables;
    const settings = settingsOf({ JITSI_DOMAIN, JITSI_APP_ID, JITSI_APP_SECRET });
    const { url } = await createVideo(settings).link(entry);
    const server = environment('jitsi-prosody');
    const { XMPP_DOMAIN: xmppDomain = '', JWT_APP_ID: appId = '', JWT_APP_SECRET: keys = '' } = server;
    expect(server.XMPP_MUC_DOMAIN).toBe(`muc.${xmppDomain}`);
    const nowSeconds = Math.floor(startMs / 1_000);
    expect(judge(tokenIn(url), entry.room, { appId, xmppDomain, keys, nowSeconds })).toMatchObject({
      joined: { moderator: false },
    });
  });
});
