import { generateKeyPairSync } from 'node:crypto';
import type { Clock } from '../../src/core/clock.ts';
import { type JitsiSettings, readVideo } from '../../src/video/settings.ts';
import type { VideoEntry } from '../../src/video/video.ts';

/** A shared secret of 256 bits. */
export const secret = 'a-shared-secret-of-32-letters-ok';

/** A key pair as an operator has it. */
export const pair = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** The variables of the kinds of servers that check tokens. */
export const servers = {
  HS256: { JITSI_DOMAIN: 'meet.example.com', JITSI_APP_ID: 'relevo', JITSI_APP_SECRET: secret },
  RS256: {
    JITSI_DOMAIN: 'meet.example.com',
    JITSI_APP_ID: 'relevo',
    JITSI_PRIVATE_KEY: pair.privateKey,
    JITSI_KEY_ID: 'relevo/1',
  },
} as const;

/** The settings that variables lead to. @throws when they have faults */
export function settingsOf(env: Readonly<Record<string, string>>): JitsiSettings {
  const settings = readVideo(env);
  if (settings === null || 'faults' in settings || settings.kind !== 'jitsi')
    throw new Error(JSON.stringify(settings));
  return settings;
}

/** Half past ten, in the middle of a second. */
export const startMs = Date.UTC(2026, 10, 21, 10, 30, 0, 250);

/** A clock that a test sets. */
export function testClock(): Clock & { set(ms: number): void; pass(ms: number): void } {
  let now = startMs;
  return {
    now: () => now,
    set: (ms) => {
      now = ms;
    },
    pass: (ms) => {
      now += ms;
    },
  };
}

/** A customer's way into a call. */
export const entry: VideoEntry = {
  room: '0123456789abcdef0123456789abcdef',
  role: 'customer',
  name: 'Ana',
  invitationId: '11111111111111111111111111111111',
  tokenId: '22222222222222222222222222222222',
  askedAt: startMs,
};

/** The token in a link. */
export function tokenIn(url: string): string {
  return new URL(url).searchParams.get('jwt') ?? '';
}
